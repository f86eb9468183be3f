import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emailKey, normalizeEmail } from './email-address.ts'

describe('an e-mail address', () => {
  it('keeps its local part as typed, loses spaces around it, and has a lower-case domain', () => {
    assert.equal(
      normalizeEmail(' Ada.Lovelace+kith@EXAMPLE.org\t'),
      'Ada.Lovelace+kith@example.org',
    )
  })

  it('is the same in any case', () => {
    assert.equal(emailKey(' ADA@Example.ORG '), emailKey('ada@example.org'))
  })

  it('shows look-alike letters of its domain as punycode, and is never the plain one', () => {
    const lookalike = normalizeEmail('ada@ex\u0430mple.org')

    assert.equal(lookalike, 'ada@xn--exmple-4nf.org')
    assert.equal(normalizeEmail('ada@xn--exmple-4nf.org'), lookalike)
    assert.notEqual(emailKey(lookalike), emailKey('ada@example.org'))
  })

  it('is the same by every spelling that names the same host', () => {
    for (const domain of [
      'ｅｘａｍｐｌｅ.org',
      'example。org',
      'exa\u00admple.org',
      'EXAMPLE.ORG',
    ]) {
      assert.equal(emailKey(`ada@${domain}`), 'ada@example.org', domain)
    }
  })

  it('keeps look-alike local parts apart', () => {
    assert.notEqual(emailKey('\u0430da@example.org'), emailKey('ada@example.org'))
  })

  it('is never read from text that holds none', () => {
    for (const text of ['', ' ', 'x.com', 'ada', 'example.orgg', '@', 'ada@', '@example.org']) {
      const key = emailKey(text)
      assert.ok(!/^[^@]+@[^@]+$/.test(key), `${text} → ${key}`)
    }
  })
})
