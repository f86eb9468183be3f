import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { emptyContact } from '@kith/server/book/contact'
import { lists, textFields } from '@kith/server/book/fields'
import fc from 'fast-check'
import type { Contact } from '../worker/calls.ts'
import { emptyContact as emptyAnswer } from '../worker/contact-fields.ts'
import { anyContact, anyEdits, edited } from './any-form.ts'
import { contactOfDraft, draftOf, enteredInDraft } from './draft.ts'
import { emptyForm, formOf, type Editable } from './form.ts'
import { isChanged, patchOf, valuesOfBase } from './patch.ts'
import { rebase } from './rebase.ts'
import { addRow, changePart, moveRow, removeRow } from './rows.ts'

const asAnswered = (known: Editable): Contact => ({ ...emptyAnswer('id', ''), ...known })

function contactWith(known: Partial<Editable>): Editable {
  return { ...emptyContact(), label_ids: [], ...known }
}

/** What the contact is after a merge patch (RFC 7396) with the lists as the server has them. */
function patched(contact: Editable, patch: object): Editable {
  const result: Record<string, unknown> = { ...contact, ...patch }
  for (const list of lists) result[list] ??= []
  return result as Editable
}

describe('the patch of a form', () => {
  it('is empty when nothing was typed, whatever the contact is', () => {
    fc.assert(
      fc.property(anyContact, (contact) => {
        assert.deepEqual(patchOf(formOf(contact), formOf(contact)), {})
      }),
    )
  })

  it('makes the contact what the form shows, and names no field that was not touched', () => {
    fc.assert(
      fc.property(anyContact, anyEdits, (contact, edits) => {
        const base = formOf(contact)
        const form = edited(base, edits)
        const patch = patchOf(form, base)
        const after = formOf(patched(contact, patch))
        // What is saved reads as it is: nothing is left to be saved.
        assert.deepEqual(patchOf(after, formOf(patched(contact, patch))), {})
        for (const field of [...textFields, ...lists]) {
          if (field === 'birthday') continue
          const before =
            field in base.texts ? base.texts[field as never] : base.lists[field as never]
          const now = field in form.texts ? form.texts[field as never] : form.lists[field as never]
          if (JSON.stringify(before) === JSON.stringify(now)) assert.ok(!(field in patch), field)
        }
      }),
    )
  })

  it('trims what was typed, and clears what was emptied', () => {
    const base = formOf(contactWith({ first_name: 'Ada', last_name: 'King' }))
    const form = structuredClone(base)
    form.texts.first_name = '  Zoë '
    form.texts.last_name = ' '
    assert.deepEqual(patchOf(form, base), { first_name: 'Zoë', last_name: null })
  })

  it('sends a list whole, without rows that have only a label', () => {
    const base = formOf(contactWith({ phones: [{ label: 'work', value: '+1 555 0100 ' }] }))
    const form = structuredClone(base)
    form.lists.phones = addRow('phones', form.lists.phones, 'new')
    assert.deepEqual(patchOf(form, base), {})
    form.lists.phones = changePart(form.lists.phones, 'new', 'value', ' 0170 1234567')
    assert.deepEqual(patchOf(form, base).phones, [
      { label: 'work', value: '+1 555 0100 ' },
      { label: 'mobile', value: '0170 1234567' },
    ])
  })

  it('clears a list whose last row was removed', () => {
    const base = formOf(contactWith({ links: [{ label: null, value: 'https://a.example' }] }))
    const form = structuredClone(base)
    form.lists.links = []
    assert.deepEqual(patchOf(form, base), { links: null })
  })

  it('writes typed dates in ISO 8601 and leaves other texts', () => {
    const form = emptyForm()
    form.lists.dates = [
      { key: 'a', parts: { label: 'anniversary', value: '8. 7. 2005' } },
      { key: 'b', parts: { label: 'Met', value: 'in spring' } },
    ]
    assert.deepEqual(patchOf(form, emptyForm()).dates, [
      { label: 'anniversary', value: '2005-07-08' },
      { label: 'Met', value: 'in spring' },
    ])
  })

  it('changes labels by their ids', () => {
    const base = formOf(contactWith({ label_ids: ['a', 'b'] }))
    const form = { ...base, labelIds: ['b', 'c'] }
    assert.deepEqual(patchOf(form, base), { label_ids: ['b', 'c'] })
    assert.deepEqual(patchOf({ ...base, labelIds: ['b', 'a'] }, base), {})
  })
})

describe('a contact that changes while its form is open', () => {
  it('keeps what was typed and follows in all else', () => {
    fc.assert(
      fc.property(anyContact, anyContact, anyEdits, (contact, later, edits) => {
        const [base, next] = [formOf(contact), formOf(later)]
        assert.deepEqual(rebase({ form: base, base }, next), { form: next, base: next })
        const typed = { form: edited(base, edits), base }
        assert.deepEqual(rebase(typed, base), typed)
        const { form } = rebase(typed, next)
        for (const list of lists) {
          const isTyped = !isDeepStrictEqual(typed.form.lists[list], base.lists[list])
          assert.deepEqual(form.lists[list], (isTyped ? typed.form : next).lists[list])
        }
      }),
    )
  })

  it('joins labels that were given here and elsewhere', () => {
    const form = (labelIds: string[]) => ({ ...emptyForm(), labelIds })
    const typed = { form: form(['a', 'mine']), base: form(['a', 'b']) }
    const result = rebase(typed, form(['a', 'b', 'theirs']))
    assert.deepEqual(result.form.labelIds, ['a', 'theirs', 'mine'])
  })

  it('is saved together with what was there before, field by field', () => {
    fc.assert(
      fc.property(anyContact, anyContact, anyEdits, (contact, later, edits) => {
        const base = formOf(contact)
        const typed = rebase({ form: edited(base, edits), base }, formOf(later))
        const before = valuesOfBase(typed.form, typed.base)
        for (const field of [...textFields, ...lists]) {
          if (!(field in patchOf(typed.form, typed.base))) continue
          // As another object, without the prototypes of arbitrary ones.
          assert.deepEqual(before[field], structuredClone(contact[field]), field)
        }
      }),
    )
  })
})

describe('a draft', () => {
  it('is kept for what was typed alone', () => {
    fc.assert(
      fc.property(anyContact, anyEdits, (contact, edits) => {
        const base = formOf(contact)
        const form = edited(base, edits)
        const whole = asAnswered(contact)
        const entered = { form, base, photo: null }
        const draft = draftOf(whole, entered, 0)
        assert.deepEqual(draft && contactOfDraft(draft), draft && whole)
        assert.equal(draft === null, !isChanged(form, base))
        if (draft) assert.deepEqual(enteredInDraft(structuredClone(draft), base), entered)
      }),
    )
  })

  it('is kept for a photo alone', () => {
    const ada = contactWith({ first_name: 'Ada' })
    const [form, base] = [formOf(ada), formOf(ada)]
    const photo = { kind: 'set', url: 'data:image/webp;base64,UklGRg==' } as const
    const draft = draftOf(asAnswered(ada), { form, base, photo }, 0)
    assert.ok(draft)
    assert.deepEqual(enteredInDraft(structuredClone(draft), base), { form, base, photo })
  })

  it('is nothing once it was saved elsewhere, or when it cannot be read', () => {
    const ada = contactWith({ first_name: 'Ada' })
    const base = formOf(ada)
    const now = formOf(contactWith({ first_name: 'Zoë' }))
    const draft = draftOf(asAnswered(ada), { form: structuredClone(now), base, photo: null }, 0)
    assert.ok(draft)
    assert.equal(enteredInDraft(draft, now), null)
    assert.equal(enteredInDraft({ ...draft, value: { version: 0 } }, base), null)
    assert.equal(enteredInDraft({ ...draft, value: 'text' }, base), null)
  })
})

describe('the rows of a list', () => {
  const rows = ['a', 'b', 'c'].map((key) => ({ key, parts: { label: '', value: key } }))
  const keys = (rows: { key: string }[]) => rows.map(({ key }) => key).join('')

  it('move up and down, and stay at the ends', () => {
    assert.equal(keys(moveRow(rows, 'b', -1)), 'bac')
    assert.equal(keys(moveRow(rows, 'b', 1)), 'acb')
    assert.equal(keys(moveRow(rows, 'a', -1)), 'abc')
    assert.equal(keys(moveRow(rows, 'c', 1)), 'abc')
  })

  it('give the focus to the row above the one that is removed', () => {
    assert.equal(removeRow(rows, 'c').focus, 'b')
    assert.equal(removeRow(rows, 'a').focus, 'b')
    assert.equal(removeRow(rows.slice(0, 1), 'a').focus, null)
  })

  it('begin with the most usual label that is not there yet', () => {
    let phones = addRow('phones', [], '1')
    for (const key of ['2', '3', '4']) phones = addRow('phones', phones, key)
    assert.deepEqual(
      phones.map((row) => row.parts['label']),
      ['mobile', 'home', 'work', 'other'],
    )
    assert.equal(addRow('relations', [], '1')[0]?.parts['label'], '')
  })
})
