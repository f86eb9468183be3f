import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { crc32 } from 'node:zlib'
import { hashSecret, looksLikeToken, makeSecret } from './secret.ts'

describe('an API token', () => {
  it('ends in a checksum of what comes before it', () => {
    const token = makeSecret('api_token')
    assert.match(token, /^kith_pat_[0-9A-Za-z]{38}$/)
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    const checksum = Array.from(token.slice(-6), (digit) => digits.indexOf(digit)).reduce(
      (sum, digit) => sum * 62 + digit,
    )
    assert.equal(checksum, crc32(token.slice(0, -6)))
  })

  it('is another one each time, and so is its hash', () => {
    const tokens = Array.from({ length: 100 }, () => makeSecret('api_token'))
    assert.equal(new Set(tokens).size, 100)
    const hashes = tokens.map((token) => hashSecret('api_token', token)?.toString('hex'))
    assert.equal(new Set(hashes).size, 100)
  })

  it('is not looked up when it is mistyped, cut off, or something else', () => {
    const token = makeSecret('api_token')
    const other = token.at(12) === 'a' ? 'b' : 'a'
    const wrong = [
      token.slice(0, 12) + other + token.slice(13),
      token.slice(0, -1),
      `${token}0`,
      `${token}\n`,
      token.toLowerCase() === token ? token.toUpperCase() : token.toLowerCase(),
      'kith_pat_',
      makeSecret('app_password'),
      '',
    ]
    for (const text of wrong) assert.equal(hashSecret('api_token', text), undefined, text)
    assert.equal(looksLikeToken(token), true)
    assert.equal(looksLikeToken('eyJhbGciOi'), false)
  })
})

describe('an app password', () => {
  it('has 24 of 32 characters in groups, none of which looks like another', () => {
    const passwords = Array.from({ length: 200 }, () => makeSecret('app_password'))
    for (const one of passwords)
      assert.match(one, /^(?:[0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}$/)
    const used = new Set(passwords.join('').replaceAll('-', ''))
    assert.equal(used.size, 32)
  })

  it('is the same in any case and grouping, and with look-alikes', () => {
    const hash = hashSecret('app_password', '01k3m9-qx2vt8-pn4wc6-hd5rj0')
    assert.ok(hash)
    for (const typed of [
      '01K3M9-QX2VT8-PN4WC6-HD5RJ0',
      '01k3m9qx2vt8pn4wc6hd5rj0',
      ' o1k3 m9qx 2vt8 pn4w c6hd 5rjO ',
      '0Lk3m9-qx2vt8-pn4wc6-hd5rj0',
      '0ik3m9-qx2vt8-pn4wc6-hd5rj0',
    ]) {
      assert.deepEqual(hashSecret('app_password', typed), hash, typed)
    }
  })

  it('is not looked up when it cannot be one', () => {
    for (const text of ['', 'u1k3m9-qx2vt8-pn4wc6-hd5rj0', '01k3m9', makeSecret('api_token')]) {
      assert.equal(hashSecret('app_password', text), undefined, text)
    }
  })
})
