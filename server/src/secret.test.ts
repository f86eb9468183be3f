import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { loadOrCreateSecret, parseSecretKeys } from './secret.ts'

const hexDigits = '7d1c9f0b5e3a8246c0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a29180716253443'

describe('SECRET_KEY', () => {
  it('is hex when all its characters are hex digits', () => {
    assert.deepEqual(parseSecretKeys(hexDigits), [Buffer.from(hexDigits, 'hex')])
    assert.deepEqual(parseSecretKeys(hexDigits.toUpperCase()), [Buffer.from(hexDigits, 'hex')])
  })

  it('is base64url otherwise', () => {
    const key = Buffer.from(hexDigits, 'hex')
    assert.deepEqual(parseSecretKeys(key.toString('base64url')), [key])
  })

  it('may be several keys, the first of which signs', () => {
    const [first, second] = [randomBytes(32), randomBytes(64)]
    const text = `${first.toString('hex')}, ${second.toString('base64url')}`
    assert.deepEqual(parseSecretKeys(text), [first, second])
  })

  it('takes any 32 random bytes in both ways of writing', () => {
    const law = fc.property(fc.noShrink(fc.nat()), () => {
      const key = randomBytes(32)
      assert.deepEqual(parseSecretKeys(key.toString('hex')), [key])
      assert.deepEqual(parseSecretKeys(key.toString('base64url')), [key])
    })
    fc.assert(law, { numRuns: 1_000 })
  })

  const refused: [why: string, text: string, rule: RegExp][] = [
    ['a lost hex digit', hexDigits.slice(1), /odd number of hex digits/],
    ['31 bytes', hexDigits.slice(2), /32 bytes or more, not 31/],
    ['a short second key', `${hexDigits},abcdef`, /32 bytes or more, not 3/],
    ['a key that is missing in a list', `${hexDigits},`, /hex or base64url/],
    ['plain base64', `${'+/'.repeat(22)}=`, /hex or base64url/],
    ['one byte again and again', '00'.repeat(32), /known example/],
    ['the digits in their order', '0123456789abcdef'.repeat(4), /known example/],
    [
      'a phrase that documentation uses',
      'change-me-to-something-long-and-random-please-0',
      /known example/,
    ],
    [
      'a phrase that asks to be replaced',
      'your-secret-key-goes-here-abcdefghijklmnopqrstuv',
      /known example/,
    ],
  ]
  for (const [why, text, rule] of refused) {
    it(`is refused: ${why}`, () => assert.throws(() => parseSecretKeys(text), rule))
  }
})

describe('the secret of the embedded default', () => {
  it('is made once, and only its owner may read it', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-secret-'))
    const made = loadOrCreateSecret(folder.path)
    assert.equal(made.length, 1)
    assert.equal(made[0]?.length, 32)
    assert.deepEqual(loadOrCreateSecret(folder.path), made)
    assert.equal(statSync(join(folder.path, 'secret')).mode & 0o777, 0o600)
  })

  it('is another one in each folder', async () => {
    await using one = await mkdtempDisposable(join(tmpdir(), 'kith-secret-'))
    await using other = await mkdtempDisposable(join(tmpdir(), 'kith-secret-'))
    assert.notDeepEqual(loadOrCreateSecret(one.path), loadOrCreateSecret(other.path))
  })

  it('stops the start when its file was damaged', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-secret-'))
    writeFileSync(join(folder.path, 'secret'), '')
    assert.throws(() => loadOrCreateSecret(folder.path), /hex or base64url/)
  })
})
