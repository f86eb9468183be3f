import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyContact } from '@kith/server/book/contact'
import type { ContactAnswer } from '@kith/server/contacts/schema'
import {
  choicesOf,
  initialOption,
  keyOf,
  listFields,
  mergeRequest,
  singleFields,
} from './choices.ts'

const contact = (id: string, known: Partial<ContactAnswer>): ContactAnswer => ({
  ...emptyContact(),
  id,
  revision: `m${id}`,
  email: null,
  phone: null,
  photo: null,
  label_ids: [],
  created_at: '2026-11-22T18:40:00.000Z',
  updated_at: '2026-11-22T18:40:00.000Z',
  ...known,
})
const ada = contact('1', { first_name: 'Ada', last_name: 'Lovelace', company: 'Engines' })
const a = contact('2', { first_name: 'A.', last_name: 'Lovelace', company: 'Engines' })

describe('the choices of a merge', () => {
  it('are where contacts differ, and nowhere else', () => {
    assert.deepEqual(choicesOf([ada, a]), [
      {
        single: 'name',
        options: [
          { text: 'Ada Lovelace', from: '1' },
          { text: 'A. Lovelace', from: '2' },
        ],
      },
    ])
  })

  it('leave out what a contact does not say', () => {
    assert.deepEqual(choicesOf([ada, contact('3', { birthday: '1815-12-10' })]), [])
  })

  it('begin with what is suggested', () => {
    const [choice] = choicesOf([a, ada])
    assert.ok(choice)
    assert.equal(initialOption(choice, ada), '1')
  })

  it('take all parts of the name that is chosen, also those that it does not have', () => {
    const king = contact('4', { first_name: 'Ada', middle_name: 'King' })
    assert.deepEqual(singleFields({ name: '4' }, [ada, king]), {
      prefix: null,
      first_name: 'Ada',
      middle_name: 'King',
      last_name: null,
      suffix: null,
    })
  })
})

describe('the values of lists', () => {
  const [home, work] = [
    { label: 'home', value: '1' },
    { label: 'work', value: '2' },
  ]
  const joined = contact('1', { phones: [home, work], emails: [home] })

  it('are not sent while all of them stay', () => {
    assert.deepEqual(listFields(new Set(), joined), {})
  })

  it('are sent without those that are left out, and only of the list that had one', () => {
    assert.deepEqual(listFields(new Set([keyOf('phones', home)]), joined), { phones: [work] })
  })
})

it('a merge names what was seen of each contact', () => {
  assert.deepEqual(mergeRequest([ada, a], '2', {}), {
    into: '2',
    ids: ['1'],
    if_revisions: { '1': 'm1', '2': 'm2' },
  })
})
