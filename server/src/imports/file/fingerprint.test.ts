import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contactWith } from '../../book/contact.ts'
import { fingerprintRow } from './fingerprint.ts'

const ada = contactWith({
  first_name: 'Ada',
  emails: [{ label: null, value: 'ada@example.org' }],
})

describe('the fingerprint of a row', () => {
  it('is the same in a version of Kith that knows another field, which the row leaves empty', () => {
    const later = { ...ada, shoe_size: null, pets: [] }
    assert.deepEqual(fingerprintRow(later, null, []), fingerprintRow(ada, null, []))
  })

  it('is another one for every field that is filled', () => {
    for (const change of [{ nickname: 'A' }, { emails: [] }, { first_name: null }]) {
      const other = { ...ada, ...change }
      assert.notDeepEqual(fingerprintRow(other, null, []), fingerprintRow(ada, null, []))
    }
  })
})
