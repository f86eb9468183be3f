import assert from 'node:assert/strict'
import { it } from 'node:test'
import { townLines } from './town-lines.ts'

it('a town stands as on an envelope of its country', () => {
  const lines = (
    city: string | null,
    region: string | null,
    code: string | null,
    country: string | null,
    home = 'DE',
  ) => {
    const rest = { label: null, street: null, extended: null, po_box: null }
    return townLines({ ...rest, city, region, postal_code: code, country }, home)
  }
  assert.deepEqual(lines('Berlin', null, '10117', 'Deutschland'), ['10117 Berlin'])
  assert.deepEqual(lines('Springfield', 'IL', '62701', 'USA'), ['Springfield, IL 62701'])
  assert.deepEqual(lines('Springfield', 'IL', '62701', null, 'US'), ['Springfield, IL 62701'])
  assert.deepEqual(lines('Ottawa', 'ON', 'K1A 0B1', 'Canada '), ['Ottawa, ON K1A 0B1'])
  assert.deepEqual(lines(null, 'NSW', null, 'au'), ['NSW'])
  assert.deepEqual(lines('Palermo', 'PA', '90133', null, 'IT'), ['90133 Palermo', 'PA'])
  assert.deepEqual(lines('Neuchâtel', 'NE', '2000', 'Suisse', 'US'), ['2000 Neuchâtel', 'NE'])
  assert.deepEqual(lines(null, null, null, null), [])
  assert.deepEqual(lines(null, null, null, 'USA'), [])
})
