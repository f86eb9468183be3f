import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { anyStored, rowOf, textsOf } from '../../test/mergeable.ts'
import { fold } from '../book/fold.ts'
import { phoneForms } from '../book/phone-number.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import type { StoredContact } from '../contacts/store/stored-contact.ts'
import { toStored } from '../contacts/to-stored.ts'
import { convertCard } from '../vcard/convert-card.ts'
import { splitLines, valueOf, type Line } from '../vcard/lines/lines.ts'
import { readCard } from '../vcard/read-card.ts'
import { mergedContact } from './merged-contact.ts'

const noLabels = new Map<string, string>()

function merged(into: CardedRow, ...others: CardedRow[]): StoredContact {
  return toStored(mergedContact({ into, others, labelNames: noLabels }), into, [])
}

/** The texts as they are compared, and where a text stands within a longer one. */
function isFound(text: string, found: readonly string[]): boolean {
  const wanted = fold(text)
  const digits = phoneForms(text)
  return found.some(
    (one) => fold(one).includes(wanted) || phoneForms(one).some((form) => digits.includes(form)),
  )
}

describe('what contacts become together', () => {
  it('holds every value of each of them', () => {
    fc.assert(
      fc.property(anyStored, anyStored, anyStored, (one, other, third) => {
        const rows = [rowOf('1', one), rowOf('2', other), rowOf('3', third)] as const
        const after = fromColumns(merged(...rows).columns)
        const found = textsOf(after)
        for (const row of rows) {
          for (const text of textsOf(fromColumns(row))) {
            // A day without a year stands in the same one with it, a link may end in a slash.
            const parts = text.split(/\n\n|, /).map((part) => part.replace(/^--|\/$/, ''))
            for (const part of parts) assert.ok(isFound(part, found), `${part} is lost`)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  it('holds every line that no field of a contact does', () => {
    fc.assert(
      fc.property(anyStored, anyStored, (one, other) => {
        const { card } = merged(rowOf('1', one), rowOf('2', other))
        for (const { card: before } of [one, other]) {
          if (before === null) continue
          const version = card?.version === '4.0' ? '4.0' : '3.0'
          const lines = splitLines(convertCard(before.text, version))
          const odd = lines.filter(({ name }) =>
            /^X-(?:UNHEARD|FOO|OLD)|^KEY|^LOGO|^SOURCE/.test(name),
          )
          const keyOf = (line: Line) =>
            `${line.name}:${valueOf(line).trim().replaceAll('\n', '\\n')}`
          const now = new Set(splitLines(card?.text ?? '').map(keyOf))
          for (const line of odd) assert.ok(now.has(keyOf(line)), line.raw)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is the same when they are merged once more', () => {
    fc.assert(
      fc.property(anyStored, anyStored, (one, other) => {
        const rows = [rowOf('1', one), rowOf('2', other)] as const
        const once = merged(...rows)
        const twice = merged(rowOf('1', once), rows[1])
        assert.deepEqual(twice, once)
      }),
      { numRuns: 150 },
    )
  })

  it('keeps the lines of the one that stays, when the other one says nothing', () => {
    fc.assert(
      fc.property(anyStored, (one) => {
        const nothing = { ...one, columns: { ...one.columns, doc: {} }, card: null }
        const empty = Object.fromEntries(Object.keys(one.columns).map((key) => [key, null]))
        const row = rowOf('2', { ...nothing, columns: { ...empty, doc: {} } as never })
        assert.equal(merged(rowOf('1', one), row).card?.text, one.card?.text)
      }),
    )
  })

  it('has the first photo there is', () => {
    fc.assert(
      fc.property(anyStored, anyStored, (one, other) => {
        const { card, photoHash } = merged(rowOf('1', one), rowOf('2', other))
        assert.equal(photoHash, one.photoHash ?? other.photoHash)
        if (card) assert.ok(readCard(card.text))
      }),
    )
  })
})
