import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressOfList, besideList, readListAddress, type ListAddress } from './list-address.ts'

const label = '01a20497-405b-7167-a9e2-939dbd06ad08'
const lists: ListAddress[] = [
  { of: 'all', search: '', notes: false, sort: null },
  { of: 'all', search: 'zoë & ada', notes: true, sort: 'changed' },
  { of: 'favourites', search: 'a', notes: false, sort: 'last_name' },
  { of: { label }, search: '', notes: false, sort: 'first_name' },
]

describe('the address of a list', () => {
  for (const list of lists) {
    it(`is read as it was written: ${JSON.stringify(list)}`, () => {
      assert.deepEqual(readAddress(addressOfList(list)), list)
    })

    it(`stays with the contacts in it: ${JSON.stringify(list)}`, () => {
      assert.deepEqual(readAddress(besideList('/c/1/edit', list)), list)
    })
  }

  it('names no order that there is not', () => {
    assert.equal(readListAddress('/', 'sort=height').sort, null)
  })
})

function readAddress(address: string): ListAddress {
  const { pathname, search } = new URL(address, 'http://kith.test')
  return readListAddress(pathname, search)
}
