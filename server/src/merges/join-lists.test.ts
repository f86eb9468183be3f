import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { emptyContact, type Contact } from '../book/contact.ts'
import { joinLists } from './join-lists.ts'

const label = fc.constantFrom(null, 'home', 'work')
const emails = fc.array(
  fc.record({ label, value: fc.constantFrom('Ada@x.org', 'ada@x.org', 'ADA@x.org') }),
)
const phones = fc.array(
  fc.record({
    label,
    value: fc.constantFrom('0041795550101', '+41 79 555 01 01', '+41795550101', '079 555 01 01'),
  }),
)
const relations = fc.array(fc.record({ label, value: fc.constantFrom('Bob', 'bob') }))
const addresses = fc.array(
  fc.record({ label, street: fc.constantFrom('A', 'a'), city: fc.constantFrom(null, 'B') }),
)
const others = { po_box: null, extended: null, region: null, postal_code: null, country: null }
const lists = fc.record({
  emails,
  phones,
  relations,
  addresses: addresses.map((all) => all.map((one) => ({ ...others, ...one }))),
})

function contactOf(some: Partial<Contact>): Contact {
  return { ...emptyContact(), ...some }
}

describe('joined lists', () => {
  it('have no item more often than the contact that stays, or once', () => {
    fc.assert(
      fc.property(lists, lists, (one, other) => {
        const mine = contactOf(one)
        const joined = joinLists(mine, contactOf(other))
        for (const list of ['emails', 'phones', 'relations', 'addresses'] as const) {
          const times = (items: readonly object[], item: object) =>
            items.filter((each) => isDeepStrictEqual({ ...each }, { ...item })).length
          for (const item of joined[list]) {
            assert.ok(times(joined[list], item) <= Math.max(1, times(mine[list], item)))
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('leave a value alone where another one is spelled as the one that comes', () => {
    const mine = contactOf({
      emails: [
        { label: 'home', value: 'Ada@x.org' },
        { label: 'home', value: 'ada@x.org' },
      ],
      phones: [
        { label: 'work', value: '0041795550101' },
        { label: 'work', value: '+41 79 555 01 01' },
      ],
    })
    const other = contactOf({
      emails: [{ label: null, value: 'ada@x.org' }],
      phones: [{ label: 'fax', value: '+41 79 555 01 01' }],
    })
    const joined = joinLists(mine, other)
    assert.deepEqual(joined.emails, mine.emails)
    assert.deepEqual(joined.phones, mine.phones)
  })
})
