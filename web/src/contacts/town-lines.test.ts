import assert from 'node:assert/strict'
import { it } from 'node:test'
import { townLines } from './town-lines.ts'

it('a town stands as on an envelope of its country', () => {
  const lines = (city: string | null, region: string | null, code: string | null, country = '') =>
    townLines({
      label: null,
      street: null,
      extended: null,
      po_box: null,
      city,
      region,
      postal_code: code,
      country: country || null,
    })
  assert.deepEqual(lines('Berlin', null, '10117', 'Deutschland'), ['10117 Berlin'])
  assert.deepEqual(lines('Springfield', 'IL', '62701'), ['Springfield, IL 62701'])
  assert.deepEqual(lines('Ottawa', 'ON', 'K1A 0B1', 'Canada'), ['Ottawa, ON K1A 0B1'])
  assert.deepEqual(lines(null, 'NSW', null), ['NSW'])
  assert.deepEqual(lines('Palermo', 'PA', '90133', 'Italia'), ['90133 Palermo', 'PA'])
  assert.deepEqual(lines('Graz', 'Steiermark', '8010'), ['8010 Graz', 'Steiermark'])
  assert.deepEqual(lines(null, null, null), [])
})
