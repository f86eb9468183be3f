import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zoneEnds, zones } from '@kith/server/book/search-text'
import fc from 'fast-check'
import { emptyContact } from './contact-fields.ts'
import { makeCorpus } from './corpus.ts'
import type { IndexRow } from './index-row.ts'
import { indexRow } from './make-row.ts'
import { notFound } from './rank.ts'

const rest = zones.length - 1

function rowOf(first_name: string, company: string): IndexRow {
  const empty = emptyContact('01a20497-405b-7167-a9e2-939dbd06ad08', '2026-11-29T10:00:00.000Z')
  const contact = { ...empty, first_name, company, emails: [{ label: 'home', value: 'bea@ab.ee' }] }
  return indexRow(contact, { labelName: () => undefined, isLastNameFirst: false })
}

/** The best of the ranks of all places. */
function rankIn(text: string, wanted: string, lastZone: number): number {
  let best = notFound
  for (let place = text.indexOf(wanted); place >= 0; place = text.indexOf(wanted, place + 1)) {
    const before = text.slice(0, place)
    const zone = zones.filter((zone) => zoneEnds[zone] && before.includes(zoneEnds[zone])).length
    const match = !before.endsWith(' ') ? 2 : text[place + wanted.length] === ' ' ? 0 : 1
    if (zone <= lastZone) best = Math.min(best, match * zones.length + zone)
  }
  return best
}

const name = fc.string({ unit: fc.constantFrom('a', 'b', 'e', '1', ' ', 'я', '漢'), maxLength: 8 })

test('ranks what is typed letter by letter as if each text was looked for alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'e', '1', 'я'), minLength: 1, maxLength: 4 }),
      fc.constantFrom(rest, zones.indexOf('company')),
      (people, word, lastZone) => {
        const rows = people.map(([first, company]) => rowOf(first, company))
        const rank = makeCorpus(rows.keys(), rows)
        for (let length = 1; length <= word.length; length++) {
          const wanted = word.slice(0, length)
          const expected = rows.map(({ search }) => rankIn(search, wanted, lastZone))
          assert.deepEqual([...rank([wanted], lastZone)], expected)
        }
      },
    ),
  )
})
