import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { claimsOf, encode, makeJwt, signJwt } from '../../../test/jwt.ts'
import { accessTtlSeconds, createTokens } from './tokens.ts'

const key = randomBytes(32)
const publicUrl = new URL('https://kith.example.org')
const tokens = createTokens([key], publicUrl)
const session = { sub: randomUUID(), sid: randomUUID(), gen: 3 }
const inAMonth = new Date(Date.now() + 30 * 86_400_000)
const now = Math.floor(Date.now() / 1000)

const goodHeader = { typ: 'at+jwt' }
const goodClaims = {
  ...session,
  iss: publicUrl.origin,
  aud: 'kith',
  jti: randomUUID(),
  iat: now,
  exp: now + 60,
}

describe('tokens', () => {
  it('gives back the claims of a pair, each token by its own kind alone', () => {
    const pair = tokens.issuePair(session, inAMonth)

    assert.deepEqual(tokens.readAccess(pair.access_token), session)
    assert.deepEqual(tokens.readRefresh(pair.refresh_token), session)
    assert.equal(tokens.readAccess(pair.refresh_token), undefined)
    assert.equal(tokens.readRefresh(pair.access_token), undefined)
  })

  it('accepts what it makes, so that the refusals below are refused for their fault', () => {
    assert.deepEqual(tokens.readAccess(forge({})), session)
  })

  it('makes two different tokens for one session in one second', () => {
    const [one, other] = [1, 2].map(() => tokens.issuePair(session, inAMonth))

    assert.notEqual(one?.access_token, other?.access_token)
    assert.notEqual(one?.refresh_token, other?.refresh_token)
  })

  it('lets no token outlive its session', () => {
    const soon = new Date(Date.now() + 90_000)
    const pair = tokens.issuePair(session, soon)

    assert.ok(pair.expires_in <= 90 && pair.expires_in >= 88)
    assert.equal(claimsOf(pair.access_token)['exp'], Math.floor(soon.getTime() / 1000))
    assert.equal(claimsOf(pair.refresh_token)['exp'], Math.floor(soon.getTime() / 1000))
    assert.equal(tokens.issuePair(session, inAMonth).expires_in, accessTtlSeconds)
  })

  it('refuses a token without a signature, whatever its header calls that', () => {
    for (const alg of ['none', 'nOnE', 'NONE', '', null, undefined]) {
      const [head, body, signature] = forge({ header: { alg } }).split('.')
      assert.equal(tokens.readAccess(`${head}.${body}.`), undefined)
      assert.equal(tokens.readAccess(`${head}.${body}`), undefined)
      assert.equal(tokens.readAccess(`${head}.${body}.${signature}`), undefined)
    }
    assert.equal(tokens.readAccess(forge({}).replace(/[^.]+$/, '')), undefined)
  })

  it('refuses other algorithms, with our key too', () => {
    assert.equal(tokens.readAccess(forge({ header: { alg: 'HS512' }, hash: 'sha512' })), undefined)
    assert.equal(tokens.readAccess(forge({ header: { alg: 'HS384' }, hash: 'sha384' })), undefined)
    for (const alg of ['HS512', 'RS256', 'ES256', 'EdDSA', 'hs256']) {
      assert.equal(tokens.readAccess(forge({ header: { alg } })), undefined, alg)
    }
  })

  it('refuses a kind that is missing or another', () => {
    for (const typ of ['rt+jwt', 'JWT', '', 5, null, undefined]) {
      assert.equal(tokens.readAccess(forge({ header: { typ } })), undefined, String(typ))
    }
  })

  it('refuses an extension that must be understood (RFC 7515, 4.1.11)', () => {
    assert.equal(tokens.readAccess(forge({ header: { crit: ['b64'], b64: false } })), undefined)
  })

  it('refuses times that are missing, no whole numbers, or not now', () => {
    const wrong = {
      exp: [undefined, null, `${now + 60}`, now - 1, now, now + 60.5, -1e300, 1e300],
      nbf: [now + 3600, 1e300, 'now'],
      iat: [undefined, now + 3600, `${now}`, now - 0.5, 1e300],
    }
    for (const [claim, values] of Object.entries(wrong)) {
      for (const value of values) {
        const token = forge({ payload: { [claim]: value } })
        assert.equal(tokens.readAccess(token), undefined, `${claim} ${String(value)}`)
      }
    }
  })

  it('refuses another issuer, audience or installation', () => {
    const others = [
      { iss: 'https://evil.example' },
      { iss: [publicUrl.origin] },
      { iss: undefined },
    ]
    for (const claims of [...others, { aud: 'kith2' }, { aud: [] }, { aud: undefined }]) {
      assert.equal(tokens.readAccess(forge({ payload: claims })), undefined, JSON.stringify(claims))
    }
    assert.equal(tokens.readAccess(forge({ key: randomBytes(32) })), undefined)
    const elsewhere = createTokens([key], new URL('https://other.example.org'))
    const { access_token } = elsewhere.issuePair(session, inAMonth)
    assert.equal(tokens.readAccess(access_token), undefined)
  })

  it('refuses claims that no session of ours can have, before they reach the database', () => {
    const wrong = {
      sub: [undefined, null, 7, '', 'x', "' or 1=1--", [session.sub]],
      sid: [undefined, null, 7, '', 'x', {}],
      gen: [undefined, null, '3', 1.5, 0, -1, 2 ** 31, 1e300],
      jti: [undefined, null, 7],
    }
    for (const [claim, values] of Object.entries(wrong)) {
      for (const value of values) {
        const token = forge({ payload: { [claim]: value } })
        assert.equal(tokens.readAccess(token), undefined, `${claim} ${JSON.stringify(value)}`)
      }
    }
  })

  it('remembers a token only in the exact spelling that was verified, until it expires', (t) => {
    const token = forge({})
    const shownAs = `Bearer ${token}`
    assert.equal(tokens.recall(shownAs), undefined)
    assert.deepEqual(tokens.readAccess(token, shownAs), session)
    assert.deepEqual(tokens.recall(shownAs), session)
    // Known tokens are found by their last characters; those alone must not be enough.
    for (const other of [
      '',
      token,
      `bearer ${token}`,
      `Bearer x${token.slice(1)}`,
      token.slice(-20),
    ])
      assert.equal(tokens.recall(other), undefined, other)

    const bent = `Bearer ${token.slice(0, -1)}`
    assert.equal(tokens.readAccess(bent.slice(7), bent), undefined)
    assert.equal(tokens.recall(bent), undefined)

    t.mock.timers.enable({ apis: ['Date'], now: goodClaims.exp * 1000 - 1 })
    assert.deepEqual(tokens.recall(shownAs), session)
    t.mock.timers.tick(1)
    assert.equal(tokens.recall(shownAs), undefined)
  })

  it('refuses a token with any character changed', () => {
    const token = forge({})
    for (let index = 0; index < token.length; index++) {
      if (token[index] === '.') continue
      const other = token[index] === 'A' ? 'B' : 'A'
      const bent = token.slice(0, index) + other + token.slice(index + 1)
      assert.equal(tokens.readAccess(bent), undefined, `at ${index}`)
    }
  })

  it('refuses every spelling of a token but the one it made', () => {
    const token = forge({})
    const [head, body, signature = ''] = token.split('.')
    const last = signature.at(-1) ?? ''
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    // The same bytes to a lenient decoder: the last character has two bits to spare.
    const twin = alphabet[alphabet.indexOf(last) ^ 1] ?? ''
    const spellings = [
      `${token}=`,
      `${token}.`,
      `${token}.${signature}`,
      token.slice(0, -1),
      `${token.slice(0, -1)}${twin}`,
      `${token}A`,
      ` ${token}`,
      `${token}\n`,
      `${head}=.${body}.${signature}`,
      `.${head}.${body}.${signature}`,
      `${head}..${signature}`,
    ]
    for (const spelling of spellings) assert.equal(tokens.readAccess(spelling), undefined, spelling)
  })

  it('refuses what is no token at all, and throws nothing', () => {
    const parts = ['', 'null', '[]', '1', '"x"', '{', '{}', '\u0000', '{"alg":"HS256"}']
    for (const head of parts) {
      for (const body of parts) {
        assert.equal(
          tokens.readAccess(signJwt(`${encode(head)}.${encode(body)}`, { key })),
          undefined,
        )
      }
    }
    for (const text of ['', '.', '..', 'x'.repeat(100_000), '.'.repeat(10_000)]) {
      assert.equal(tokens.readAccess(text), undefined)
    }
  })

  it('verifies by every key it has, and signs by the first', () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)]
    const before = createTokens([older], publicUrl)
    const after = createTokens([newer, older], publicUrl)
    const { access_token: old } = before.issuePair(session, inAMonth)
    const { access_token: fresh } = after.issuePair(session, inAMonth)

    assert.deepEqual(after.readAccess(old), session)
    assert.deepEqual(after.readAccess(fresh), session)
    assert.equal(before.readAccess(fresh), undefined)
    assert.equal(createTokens([newer], publicUrl).readAccess(old), undefined)
  })
})

type Forgery = { header?: object; payload?: object; key?: Buffer; hash?: string }

/** A correctly signed token with some parts changed. */
function forge({ header, payload, ...signing }: Forgery): string {
  const parts = { header: { ...goodHeader, ...header }, payload: { ...goodClaims, ...payload } }
  return makeJwt({ ...parts, key, ...signing })
}
