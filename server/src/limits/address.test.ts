import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressKey } from './address.ts'

describe('addressKey', () => {
  it('is one for a whole /64, and another beyond it', () => {
    const keys = Array.from({ length: 1000 }, (_, i) =>
      addressKey(`2001:db8:1:2::${i.toString(16)}`),
    )

    assert.equal(new Set(keys).size, 1)
    assert.equal(addressKey('2001:0DB8:0001:0002:ffff:ffff:ffff:ffff'), keys[0])
    assert.notEqual(addressKey('2001:db8:1:3::1'), keys[0])
  })

  it('is the same for an IPv4 address mapped into IPv6', () => {
    assert.equal(addressKey('::ffff:1.2.3.4'), addressKey('1.2.3.4'))
    assert.equal(addressKey('::ffff:102:304'), addressKey('1.2.3.4'))
    assert.notEqual(addressKey('1.2.3.5'), addressKey('1.2.3.4'))
  })

  it('does not mind a zone, or what is no address', () => {
    assert.equal(addressKey('fe80::1%eth0'), addressKey('fe80::2%eth1'))
    assert.equal(addressKey('unknown'), 'unknown')
  })
})
