import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { Slot } from './calls.ts'
import { emptyContact } from './contact-fields.ts'
import type { IndexRow } from './index-row.ts'
import { indexRow } from './make-row.ts'
import { headsOf, languageOrder, orderBy, reorder, sortSlots } from './sort.ts'

const options = { labelName: () => undefined, isLastNameFirst: false }

function rowOf(first_name: string | null, last_name: string | null = null): IndexRow {
  const empty = emptyContact('01a20497-405b-7167-a9e2-939dbd06ad08', '2026-11-29T10:00:00.000Z')
  return indexRow({ ...empty, first_name, last_name }, options)
}

function sorted(
  language: string,
  rows: IndexRow[],
  sort: 'first_name' | 'last_name' = 'last_name',
) {
  const order = orderBy(sort, rows, languageOrder(language))
  const slots = sortSlots(rows.keys(), order)
  return {
    titles: [...slots].map((slot) => rows[slot]?.title),
    letters: headsOf(slots, order).map(({ letter }) => letter),
  }
}

suite('the order', () => {
  test('is that of the letters of both names, before accents', () => {
    const rows = [rowOf('Zoe', 'Müller'), rowOf('Ada', 'Muller'), rowOf('Ben', 'Müller')]
    assert.deepEqual(sorted('de', rows).titles, ['Ada Muller', 'Ben Müller', 'Zoe Müller'])
  })

  test('has a shorter last name first, whatever the first name', () => {
    const rows = [rowOf('Adam', 'Van Dyck'), rowOf('Zoe', 'Van')]
    assert.deepEqual(sorted('en', rows).titles, ['Zoe Van', 'Adam Van Dyck'])
  })

  test('goes by the first name where that is asked for', () => {
    const rows = [rowOf('Zoe', 'Adams'), rowOf('Ada', 'Zander'), rowOf(null, 'Middleton')]
    assert.deepEqual(sorted('en', rows, 'first_name').titles, [
      'Ada Zander',
      'Middleton',
      'Zoe Adams',
    ])
  })

  test('has what is no letter last, under one head', () => {
    const rows = [rowOf('1000 Steps'), rowOf('Zoe'), rowOf('+49 30'), rowOf('Ada'), rowOf(null)]
    assert.deepEqual(sorted('en', rows).letters, ['A', 'Z', '#'])
  })

  test('has a head for what a language takes for a letter, and none for an accent', () => {
    const ukrainian = ['Ирина', 'Йосип', 'Ігор', 'Їжак', 'Іван'].map((name) => rowOf(name))
    assert.deepEqual(sorted('uk', ukrainian).letters, ['И', 'І', 'Ї', 'Й'])
    const german = ['Ärmel', 'Arnold', 'Österreich', 'Otto', 'Łukasz'].map((name) => rowOf(name))
    assert.deepEqual(sorted('de', german).letters, ['A', 'L', 'O'])
  })
})

const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constantFrom('Ada', 'ada', 'Ädа', 'Anna', 'Łukasz', 'Йосип', '1', '李', "O'Brien", 'Van'),
)
const anyRow = fc.tuple(fc.option(anyName), fc.option(anyName)).map(([one, two]) => rowOf(one, two))

test('every head stands once, where its letter begins', () => {
  fc.assert(
    fc.property(fc.array(anyRow), fc.constantFrom('en', 'de', 'uk'), (rows, language) => {
      const { letters } = sorted(language, rows)
      assert.equal(new Set(letters).size, letters.length)
    }),
  )
})

test('what changed is put in its place as if all were sorted anew', () => {
  const anyChange = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.option(anyRow)))
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 30 }), anyChange, (before, changes) => {
      const rows: (IndexRow | null)[] = [...before]
      const order = orderBy('last_name', rows, languageOrder('en'))
      const slots = sortSlots(before.keys(), order)
      for (const [slot, row] of changes) {
        while (rows.length < slot) rows.push(null)
        rows[slot] = row
      }
      const isThere = (slot: Slot) => rows[slot] !== null && rows[slot] !== undefined
      const changed = new Set(changes.map(([slot]) => slot))
      const anew = sortSlots([...rows.keys()].filter(isThere), order)
      assert.deepEqual(reorder(slots, changed, [...changed].filter(isThere), order), anew)
    }),
  )
})
