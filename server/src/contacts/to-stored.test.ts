import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { anyContact } from '../../test/any-contact.ts'
import { phoneCard } from '../../test/cards.ts'
import { contactWith, emptyContact } from '../book/contact.ts'
import { readCard } from '../vcard/read-card.ts'
import { writeCard } from '../vcard/write-card.ts'
import { applyPatch } from './apply-input.ts'
import { fromColumns, toColumns } from './store/columns.ts'
import { toStored } from './to-stored.ts'

const id = '01a20497-405b-7167-a9e2-939dbd06ad08'
const uid = 'somebody'
const labels = [id, '01a20497-405b-7167-a9e2-939dbd06ad09']

/** The properties that hold a field in a card; FN follows the name, or what replaces it. */
const propertiesOf = {
  nickname: ['NICKNAME', 'FN'],
  job_title: ['TITLE'],
  additional_data: ['NOTE'],
  company: ['ORG', 'FN'],
  last_name: ['N', 'FN'],
  phones: ['TEL', 'X-ABLABEL', 'FN'],
  emails: ['EMAIL', 'X-ABLABEL', 'FN'],
} as const

const cards = fc.oneof(
  fc.constant(phoneCard),
  fc
    .tuple(anyContact, fc.constantFrom('3.0' as const, '4.0' as const))
    .map(([contact, version]) =>
      writeCard({ uid, rev: new Date(0), contact, categories: ['Kept'] }, version),
    ),
)

function rowWith(card: string | null, contact = card ? readCard(card).contact : emptyContact()) {
  const columns = toColumns(contact, [])
  return { ...columns, id, uid, label_ids: [], photo_hash: null, card }
}

/** The unfolded lines of a card, each with the name of its property. */
function linesIn(card: string) {
  return card
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .map((line) => ({ line, name: /^(?:[^.:;]+\.)?([^:;]*)/.exec(line)?.[1]?.toUpperCase() ?? '' }))
}

describe('what is written of a contact', () => {
  it('keeps what the card says beyond what is stored, as an older reader left it', () => {
    const card =
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:;A;;;\r\nNOTE:one\r\ntwo\r\nTEL:1\r\nREV:x\r\nEND:VCARD\r\n'
    const stored = contactWith({
      first_name: 'A',
      additional_data: 'one',
      phones: [{ label: null, value: '1' }],
    })
    const changed = { ...stored, phones: [{ label: null, value: '2' }] }
    const after = toStored({ contact: changed, labelIds: [] }, rowWith(card, stored), [])
    const text = after.card?.text.replace(/^REV:.*$/m, 'REV:x')
    assert.equal(text, card.replace('TEL:1', 'TEL:2'))
    assert.equal(after.columns.additional_data, 'one\ntwo')
    const same = toStored({ contact: stored, labelIds: [] }, rowWith(card, stored), [])
    assert.equal(same.card?.text, card)
  })

  it('is in its card only the lines of what changed', () => {
    const field = fc.constantFrom(...(Object.keys(propertiesOf) as (keyof typeof propertiesOf)[]))
    fc.assert(
      fc.property(cards, anyContact, field, (card, other, field) => {
        const current = readCard(card).contact
        const next = { ...current, [field]: other[field] }
        const { card: written } = toStored({ contact: next, labelIds: [] }, rowWith(card), [])
        const mayChange = new Set<string>([...propertiesOf[field], 'REV'])
        const others = (card: string) => linesIn(card).filter(({ name }) => !mayChange.has(name))
        assert.deepEqual(others(written?.text ?? ''), others(card))
      }),
      { numRuns: 300 },
    )
  })

  it('is what the card says, in the columns too', () => {
    fc.assert(
      fc.property(cards, anyContact, (card, contact) => {
        const content = toStored({ contact, labelIds: [] }, rowWith(card), [])
        assert.deepEqual(fromColumns(content.columns), readCard(content.card?.text ?? '').contact)
      }),
    )
  })

  it('is the same card where a patch says what is so already', () => {
    fc.assert(
      fc.property(cards, (card) => {
        const { contact } = readCard(card)
        const { birthday: _, ...fields } = contact
        const next = applyPatch(contact, { nickname: fields.nickname, last_name: fields.last_name })
        const { card: written } = toStored({ contact: next, labelIds: [] }, rowWith(card), [])
        assert.equal(written?.text, card)
      }),
    )
  })

  it('has the categories that its labels need, in the spelling that the card has', () => {
    const card = phoneCard.replace('NOTE:', 'CATEGORIES:friends,Bowling\r\nNOTE:')
    const { contact } = readCard(card)
    const categoriesAfter = (names: string[], labelIds = labels) => {
      const { card: text } = toStored({ contact, labelIds }, rowWith(card), names)
      return readCard(text?.text ?? '').categories
    }
    assert.deepEqual(categoriesAfter(['Friends', 'Bowling']), ['friends', 'Bowling'])
    assert.deepEqual(categoriesAfter(['Bowling', 'Work']), ['Bowling', 'Work'])
    assert.deepEqual(categoriesAfter([], []), ['friends', 'Bowling'], 'these are no labels')
  })

  it('has one birthday: another takes the place of what is no date', () => {
    const card = phoneCard.replace(/BDAY.*/, 'BDAY:1980-02-30')
    const { contact } = readCard(card)
    const old = { label: 'birthday', value: '1980-02-30' }
    assert.ok(contact.dates.some((date) => date.value === old.value))
    const write = (change: object) =>
      toStored({ contact: { ...contact, ...change }, labelIds: [] }, rowWith(card), [])
    const { columns, card: written } = write({ birthday: '1980-02-28' })
    assert.deepEqual(
      linesIn(written?.text ?? '').filter(({ name }) => name === 'BDAY'),
      [{ line: 'BDAY:1980-02-28', name: 'BDAY' }],
    )
    assert.deepEqual(
      fromColumns(columns).dates,
      contact.dates.filter((date) => date.value !== old.value),
    )
    const both = fromColumns(write({ birthday: '1980-02-28', dates: [old] }).columns)
    assert.deepEqual(both.dates, [old])
  })

  it('keeps a further birthday, also where an older reader did not see it', () => {
    const card = phoneCard.replace(/BDAY.*/, 'BDAY:1980-05-06\r\nBDAY:1980-06-05')
    const { contact } = readCard(card)
    const further = { label: 'birthday', value: '1980-06-05' }
    assert.deepEqual(
      contact.dates.filter(({ label }) => label === 'birthday'),
      [further],
    )
    const stored = { ...contact, dates: contact.dates.filter(({ label }) => label !== 'birthday') }
    const changed = { ...stored, birthday: '1980-05-07' }
    const after = toStored({ contact: changed, labelIds: [] }, rowWith(card, stored), [])
    assert.deepEqual(
      linesIn(after.card?.text ?? '').flatMap(({ line, name }) => (name === 'BDAY' ? line : [])),
      ['BDAY:1980-05-07', 'BDAY:1980-06-05'],
    )
    assert.deepEqual(fromColumns(after.columns).dates, contact.dates)
  })

  it('needs no card, until there is a photo to keep', () => {
    const { contact } = readCard(phoneCard)
    const none = toStored({ contact, labelIds: [] }, rowWith(null), [])
    assert.equal(none.card, null)
    const photo = {
      kind: 'bytes',
      mediaType: 'image/jpeg',
      bytes: Buffer.from('ffd8ff', 'hex'),
    } as const
    const { card, photoHash } = toStored({ contact, labelIds: labels, photo }, rowWith(null), [
      'Friends',
    ])
    const read = readCard(card?.text ?? '')
    assert.equal(read.uid, uid)
    assert.deepEqual(read.contact, contact)
    assert.deepEqual(read.categories, ['Friends'])
    assert.match(photoHash ?? '', /^[0-9a-f]{64}$/)
  })
})
