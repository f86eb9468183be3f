import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { anyContact, anyValues } from './any-values.ts'
import type { Contact } from './calls.ts'
import {
  emptyContact,
  fieldsIn,
  isListField,
  pick,
  withValues,
  type Values,
} from './contact-fields.ts'
import { merge } from './merge.ts'

const empty = emptyContact('01a20497-405b-7167-a9e2-939dbd06ad08', '2026-11-29T10:00:00.000Z')
const phone = (value: string, label: string | null = null) => ({ label, value })

/** What a contact becomes by two edits of it, made at the same time. */
function afterBoth(base: Contact, mine: Values, theirs: Values) {
  const changed = withValues(base, theirs)
  const merged = merge(pick(base, fieldsIn(mine)), mine, changed)
  return { ...merged, contact: withValues(changed, merged.values), changed }
}

suite('merging', () => {
  test('different fields both stand', () => {
    const { contact, conflicts } = afterBoth(empty, { first_name: 'Ada' }, { last_name: 'King' })
    assert.equal(contact.first_name, 'Ada')
    assert.equal(contact.last_name, 'King')
    assert.deepEqual(conflicts, {})
  })

  test('one field changed on both sides is theirs, until somebody chooses', () => {
    const { contact, conflicts } = afterBoth(empty, { company: 'Mine' }, { company: 'Theirs' })
    assert.equal(contact.company, 'Theirs')
    assert.deepEqual(conflicts, { company: 'Mine' })
  })

  test('values that were added on both sides both stand', () => {
    const base = withValues(empty, { phones: [phone('1')] })
    const mine = { phones: [phone('1'), phone('2')] }
    const theirs = { phones: [phone('1'), phone('3')] }
    const { contact, conflicts } = afterBoth(base, mine, theirs)
    assert.deepEqual(contact.phones.map(({ value }) => value).sort(), ['1', '2', '3'])
    assert.deepEqual(conflicts, {})
  })

  test('a value is removed by one side and another one labelled anew by the other', () => {
    const base = withValues(empty, { phones: [phone('1'), phone('2')] })
    const mine = { phones: [phone('2')] }
    const theirs = { phones: [phone('1'), phone('2', 'work')] }
    assert.deepEqual(afterBoth(base, mine, theirs).contact.phones, [phone('2', 'work')])
  })

  test('one number that both sides replaced is a conflict', () => {
    const base = withValues(empty, { phones: [phone('1')] })
    const mine = { phones: [phone('2')] }
    const { contact, conflicts } = afterBoth(base, mine, { phones: [phone('3')] })
    assert.deepEqual(contact.phones, [phone('3')])
    assert.deepEqual(conflicts, mine)
  })

  test('a number that was changed stays where it was', () => {
    const base = withValues(empty, { phones: [phone('1'), phone('2')] })
    const theirs = { phones: [phone('1'), phone('2'), phone('3')] }
    const first = { phones: [phone('4'), phone('2')] }
    const numbers = (mine: Values) =>
      afterBoth(base, mine, theirs).contact.phones.map(({ value }) => value)
    assert.deepEqual(numbers(first), ['4', '2', '3'])
    assert.deepEqual(numbers({ phones: [phone('1'), phone('4')] }), ['1', '4', '3'])
    const reversed = afterBoth(base, theirs, first).contact.phones.map(({ value }) => value)
    assert.deepEqual(reversed, ['4', '2', '3'])
  })

  test('notes take what one side appended, whatever the other rewrote', () => {
    const base = withValues(empty, { additional_data: 'Old.' })
    const mine = { additional_data: 'Old.\nCalled today.' }
    const { contact } = afterBoth(base, mine, { additional_data: 'New.' })
    assert.equal(contact.additional_data, 'New.\nCalled today.')
  })

  test('merging again changes nothing', () => {
    fc.assert(
      fc.property(anyContact, anyValues, anyValues, (base, mine, theirs) => {
        const once = afterBoth(base, mine, theirs)
        const left = pick(base, fieldsIn(mine))
        const again = merge(left, mine, once.contact)
        assert.deepEqual(again.values, {})
        assert.deepEqual(again.conflicts, once.conflicts)
      }),
    )
  })

  test('both sides come to the same where nobody has to choose', () => {
    fc.assert(
      fc.property(anyContact, anyValues, anyValues, (base, mine, theirs) => {
        const here = afterBoth(base, mine, theirs)
        const there = afterBoth(base, theirs, mine)
        assert.deepEqual(fieldsIn(here.conflicts).sort(), fieldsIn(there.conflicts).sort())
        const agreed = withoutOrder(here.contact, here.conflicts)
        assert.deepEqual(agreed, withoutOrder(there.contact, here.conflicts))
      }),
    )
  })

  test('no value that somebody typed is lost', () => {
    fc.assert(
      fc.property(anyContact, anyValues, anyValues, (base, mine, theirs) => {
        const { contact, conflicts } = afterBoth(base, mine, theirs)
        for (const field of fieldsIn({ ...mine, ...theirs })) {
          const kept = new Set([...typedIn(contact[field]), ...typedIn(conflicts[field])])
          for (const side of [mine, theirs]) {
            const before = typedIn(base[field])
            const lost = typedIn(side[field]).filter(
              (one) => !before.includes(one) && !kept.has(one),
            )
            assert.deepEqual(lost, [], field)
          }
        }
      }),
    )
  })
})

/** Lists as sets, lines of notes as well, without the fields in question. */
function withoutOrder(contact: Contact, except: Values) {
  return Object.fromEntries(
    Object.entries(contact)
      .filter(([field]) => !(field in except) && !['email', 'phone'].includes(field))
      .map(([field, value]) => [
        field,
        isListField(field) || field === 'label_ids' || field === 'additional_data'
          ? textsIn(value).flatMap(wordsOf).sort()
          : value,
      ]),
  )
}

/** What was typed, without what it is called: one without a label may get that of the other side. */
function typedIn(value: unknown): string[] {
  if (!Array.isArray(value)) return textsIn(value).flatMap(wordsOf)
  return value.map((item: string | { value: string }) =>
    typeof item === 'string' ? item : item.value,
  )
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return []
  return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}
