import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readCard } from '../../server/src/vcard/read-card.ts'
import { splitCards } from '../../server/src/vcard/split-cards.ts'
import { readRows } from '../../server/test/csv-rows.ts'
import { drawPeople, uidPattern } from './people.ts'
import { writeCards } from './write-cards.ts'
import { writeRows } from './write-rows.ts'

describe('the files of a bulk run', () => {
  const people = drawPeople(500)

  it('are the same in every run', () => {
    assert.deepEqual(drawPeople(500), people)
  })

  it('hold one vCard of some 400 bytes for each person', () => {
    const file = writeCards(people)
    const bytesEach = file.length / people.length
    assert.ok(bytesEach > 350 && bytesEach < 550, `${bytesEach} bytes`)
    assert.equal(new Set(file.toString().match(uidPattern)).size, people.length)
    const cards = splitCards(file.toString()).map((piece) => {
      assert.ok('text' in piece)
      return readCard(piece.text)
    })
    assert.equal(cards.length, people.length)
    for (const [index, { uid, contact, categories, isComplete }] of cards.entries()) {
      const person = people[index]
      assert.ok(isComplete)
      assert.equal(uid?.replace('urn:uuid:', ''), person?.uid)
      assert.equal(contact.birthday, person?.birthday)
      assert.deepEqual(categories, person?.groups)
      assert.deepEqual(valuesOf(contact.phones), valuesOf(person?.phones))
      assert.deepEqual(valuesOf(contact.emails), valuesOf(person?.emails))
    }
  })

  it('hold one row for each person', async () => {
    const rows = await readRows(writeRows(people), 65_536)
    assert.equal(rows.length, people.length)
    for (const [index, row] of rows.entries()) {
      const person = people[index]
      assert.ok('contact' in row)
      assert.equal(row.contact.birthday, person?.birthday)
      assert.deepEqual(row.labels, person?.groups)
      assert.deepEqual(valuesOf(row.contact.phones).sort(), valuesOf(person?.phones).sort())
    }
  })
})

function valuesOf(entries: { value: string }[] = []): string[] {
  return entries.map(({ value }) => value)
}
