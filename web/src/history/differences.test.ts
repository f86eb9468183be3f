import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyContact } from '@kith/server/book/contact'
import fc from 'fast-check'
import { itemOf } from '../data/item.ts'
import { differences, filledFields, type Past } from './differences.ts'

const phone = (value: string, label: string | null = null) => ({ label, value })
const past = (known: Partial<Past>): Past => ({
  ...emptyContact(),
  email: null,
  phone: null,
  label_ids: [],
  ...known,
})

describe('the differences of two revisions', () => {
  it('are none of the same contact', () => {
    assert.deepEqual(differences(past({ first_name: 'Ada' }), past({ first_name: 'Ada' })), [])
  })

  it('name a text that was added, changed or removed', () => {
    const found = differences(
      past({ first_name: 'Ada', nickname: 'Countess' }),
      past({ first_name: 'Augusta', company: 'Engines' }),
    )
    assert.deepEqual(found, [
      { kind: 'text', field: 'first_name', before: 'Ada', after: 'Augusta' },
      { kind: 'text', field: 'nickname', before: 'Countess', after: null },
      { kind: 'text', field: 'company', before: null, after: 'Engines' },
    ])
  })

  it('take a value that is gone and a new one for a change of it', () => {
    const found = differences(
      past({ phones: [phone('1'), phone('2', 'work')] }),
      past({ phones: [phone('1'), phone('3', 'work')] }),
    )
    assert.deepEqual(found, [
      {
        kind: 'changed',
        field: 'phones',
        before: { label: 'work', text: '2' },
        after: { label: 'work', text: '3' },
      },
    ])
  })

  it('tell another label from another value', () => {
    const found = differences(
      past({ phones: [phone('1', 'home')] }),
      past({ phones: [phone('1', 'work')] }),
    )
    assert.deepEqual(found, [
      { kind: 'relabelled', field: 'phones', text: '1', before: 'home', after: 'work' },
    ])
  })

  it('say that values only changed places', () => {
    const [one, two] = [phone('1'), phone('2')]
    const found = differences(past({ phones: [one, two] }), past({ phones: [two, one] }))
    assert.deepEqual(found, [{ kind: 'moved', field: 'phones' }])
  })

  it('name labels that came and went', () => {
    const found = differences(past({ label_ids: ['a', 'b'] }), past({ label_ids: ['b', 'c'] }))
    assert.deepEqual(found, [
      { kind: 'label-added', labelId: 'c' },
      { kind: 'label-removed', labelId: 'a' },
    ])
  })

  it('lose no value: what is left and what was added make the new list', () => {
    const list = fc.array(
      fc.record({ label: fc.constantFrom(null, 'a'), value: fc.constantFrom('1', '2', '3') }),
    )
    fc.assert(
      fc.property(list, list, (was, is) => {
        const counts = new Map<string, number>()
        const count = (text: string, by: number) => counts.set(text, (counts.get(text) ?? 0) + by)
        for (const { value } of was) count(value, 1)
        for (const one of differences(past({ phones: was }), past({ phones: is }))) {
          if (one.kind === 'added') count(one.item.text, 1)
          if (one.kind === 'removed') count(one.item.text, -1)
          if (one.kind === 'changed') {
            count(one.before.text, -1)
            count(one.after.text, 1)
          }
        }
        for (const { value } of is) count(value, -1)
        assert.deepEqual([...counts.values()].filter(Boolean), [])
      }),
    )
  })
})

describe('an item on one line', () => {
  it('is an address by its parts', () => {
    const [address] = past({
      addresses: [
        {
          label: 'home',
          street: '12 St James’s Square',
          extended: null,
          po_box: null,
          city: 'London',
          region: null,
          postal_code: 'SW1Y 4JH',
          country: 'United Kingdom',
        },
      ],
    }).addresses
    assert.ok(address)
    assert.deepEqual(itemOf(address), {
      label: 'home',
      text: '12 St James’s Square, SW1Y 4JH London, United Kingdom',
    })
  })

  it('is a handle with its service', () => {
    const handle = { label: null, service: 'signal', value: '+44 1' }
    assert.equal(itemOf(handle).text, 'Signal +44 1')
  })
})

it('a first revision names the fields that it has', () => {
  assert.deepEqual(filledFields(past({ first_name: 'Ada', phones: [phone('1')] })), [
    'first_name',
    'phones',
  ])
})
