import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { anyContact } from '../../../test/any-contact.ts'
import { phoneCard } from '../../../test/cards.ts'
import { contactWith } from '../../book/contact.ts'
import { patchCard } from '../../vcard/patch-card.ts'
import { readCard } from '../../vcard/read-card.ts'
import { writeCard } from '../../vcard/write-card.ts'
import { presentSimple, presentContact } from '../present.ts'
import { toColumns, fromColumns } from './columns.ts'
import { readSnapshot, snapshotOf } from './snapshot.ts'

const nobody = {
  id: '01a20497-405b-7167-a9e2-939dbd06ad08',
  modseq: 1,
  created_at: '2026-11-22T18:40:00.000Z',
  updated_at: '2026-11-22T18:40:00.000Z',
  uid: null,
  label_ids: [],
  photo_hash: null,
  created_via: 'api',
  created_modseq: 1,
  deleted_at: null,
}

/** The contact as the database gives it back. */
function rowOf(contact: Parameters<typeof toColumns>[0]) {
  const { search: _, doc, ...columns } = toColumns(contact, [])
  return { ...nobody, ...columns, doc: JSON.parse(JSON.stringify(doc)) }
}

describe('the columns of a contact', () => {
  it('hold all of it', () => {
    fc.assert(
      fc.property(anyContact, (contact) => {
        assert.deepEqual(fromColumns(rowOf(contact)), contact)
      }),
      { numRuns: 500 },
    )
  })

  it('hold all that a card says, which then is no reason to change the card', () => {
    fc.assert(
      fc.property(anyContact, fc.constantFrom('3.0', '4.0'), (contact, version) => {
        const rev = new Date()
        const card = writeCard({ uid: 'u', rev, contact, categories: [] }, version)
        const back = fromColumns(rowOf(readCard(card).contact))
        assert.equal(patchCard(card, { contact: back, categories: [], rev }), card)
      }),
    )
  })

  it('hold a revision’s state as well, which leaves out what is empty', () => {
    fc.assert(
      fc.property(anyContact, (contact) => {
        const stored = JSON.parse(
          JSON.stringify(snapshotOf({ ...rowOf(contact), label_ids: [nobody.id] })),
        )
        assert.deepEqual(readSnapshot(stored), { contact, labelIds: [nobody.id] })
      }),
    )
  })

  it('need no document for what the simple shape says', () => {
    const { doc } = toColumns(
      contactWith({
        first_name: 'Ada',
        emails: [{ label: null, value: 'ada@example.org' }],
        phones: [{ label: null, value: '112' }],
        birthday: '--12-10',
        additional_data: 'Notes',
      }),
      [],
    )
    assert.deepEqual(doc, {})
  })

  it('are within the limits of their index, whatever a card holds', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({
      label: null,
      value: `${'漢'.repeat(at)}@example.org`,
    }))
    const contact = contactWith({
      first_name: '\ufdfa'.repeat(500),
      nickname: 'я'.repeat(5_000),
      emails: many,
      phones: many,
    })
    const { sort_key: sortKey, search } = toColumns(contact, ['Friends', 'x'.repeat(3_000)])
    assert.ok(Buffer.byteLength(sortKey) <= 512)
    assert.ok(Buffer.byteLength(search) <= 2000)
    fc.assert(
      fc.property(anyContact, fc.array(fc.string()), (contact, labels) => {
        assert.ok(Buffer.byteLength(toColumns(contact, labels).search) <= 2000)
      }),
    )
  })
})

describe('a contact as callers see it', () => {
  it('has the simple shape’s fields in both shapes', () => {
    fc.assert(
      fc.property(anyContact, (contact) => {
        const simple = presentSimple(rowOf(contact))
        const whole = presentContact(rowOf(contact))
        for (const [name, value] of Object.entries(simple)) {
          assert.equal(whole[name as keyof typeof simple], value, name)
        }
      }),
    )
  })

  it('has a birthday of the future among its dates', () => {
    const { contact } = readCard(phoneCard.replace(/BDAY.*/, 'BDAY:2999-01-02'))
    const whole = presentContact(rowOf(contact))
    assert.equal(whole.birthday, null)
    assert.deepEqual(whole.dates.at(-1), { label: 'birthday', value: '2999-01-02' })
    assert.equal(fromColumns(rowOf(contact)).birthday, '2999-01-02')
  })
})
