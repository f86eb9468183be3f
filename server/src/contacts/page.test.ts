import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { simpleContact } from '../../test/simple-contact.ts'
import { sortKey } from '../book/sort-key.ts'
import { AppError } from '../errors.ts'
import { cursorAfter, readPage } from './page.ts'
import { sorts, type Sort } from './request-schema.ts'
import { columnsVersion } from './store/columns.ts'

const placesOf = (name: string): string[] => {
  const fields = simpleContact({ first_name: name, last_name: name, email: name, phone: null })
  return [sortKey(fields)]
}
const id = '01a20497-405b-7167-a9e2-939dbd06ad08'
const time = '2026-11-22T18:40:00.123Z'
const placeOf = (sort: Sort, name: string) => (sort.endsWith('_at') ? [time] : placesOf(name))
const read = (sort: Sort, after: string) => readPage({ sort, after, skip: 0, limit: 50 })
const byName = `name ${columnsVersion}`
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a cursor', () => {
  it('leads back to its row, in every order, whatever the name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sorts), fc.string({ unit: 'binary' }), (sort, name) => {
        const { order } = readPage({ sort, skip: 0, limit: 50 })
        for (const place of placeOf(sort, name)) {
          const { after } = read(sort, cursorAfter({ id, place }, order))
          assert.deepEqual(after, { key: place, id })
        }
      }),
    )
  })

  it('is short enough to be sent back', () => {
    for (const name of ['\ufdfa', '\\', '"', '漢']) {
      for (const sort of sorts) {
        const { order } = readPage({ sort, skip: 0, limit: 50 })
        for (const place of placeOf(sort, name.repeat(254))) {
          assert.ok(cursorAfter({ id, place }, order).length <= 4000)
        }
      }
    }
  })

  const notOurs = {
    'no base64': '%%%',
    'an empty text': '',
    'no JSON': Buffer.from('{').toString('base64url'),
    null: encode(null),
    'a number': encode(7),
    'an object': encode({ name: 'name' }),
    'an empty list': encode([]),
    'a key that is no text': encode([byName, 7, id]),
    'an id that is none': encode([byName, 'ada', "' or 1=1--"]),
    'a key that cannot be stored': encode([byName, 'a\0', id]),
    'a key that is no Unicode': Buffer.from(`["${byName}","\\ud800","${id}"]`).toString(
      'base64url',
    ),
    'one of another order': encode([`-${byName}`, 'ada', id]),
    'one of an older order of names': encode(['name', 'ada\u0001', id]),
  }
  for (const [what, cursor] of Object.entries(notOurs)) {
    it(`is not ${what}`, () => assert.throws(() => read('name', cursor), isInvalidCursor))
  }

  for (const key of [
    'yesterday',
    '2026-02-30T00:00:00.000Z',
    '2026-11-22T18:40:00Z',
    '2026-11-22T24:00:00.000Z',
    '2026-11-22 18:40:00.000Z',
    '0000-01-01T00:00:00.000Z',
    '-000001-01-01T00:00:00.000Z',
    '+010000-01-01T00:00:00.000Z',
    'infinity',
    "2026-11-22T18:40:00.000Z'",
  ]) {
    it(`knows no time ${key}`, () => {
      assert.throws(() => read('created_at', encode(['created_at', key, id])), isInvalidCursor)
    })
  }
})

function isInvalidCursor(error: unknown): boolean {
  return error instanceof AppError && error.kind === 'invalid' && /cursor/.test(error.message)
}
