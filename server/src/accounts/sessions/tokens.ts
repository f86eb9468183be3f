import { randomUUID } from 'node:crypto'
import { createSigner, createVerifier, TokenError } from 'fast-jwt'
import { LRUCache } from 'lru-cache'

export const accessTtlSeconds = 15 * 60
export const sessionTtlSeconds = 30 * 24 * 60 * 60

/** What both tokens say: whose, which session, and which generation of it. */
export type TokenClaims = { sub: string; sid: string; gen: number }

export type Tokens = ReturnType<typeof createTokens>

/** `endsAt` in seconds since 1970. */
type Checked = { claims: TokenClaims; endsAt: number }

type Known = Checked & { shownAs: string }

type Kind = 'at+jwt' | 'rt+jwt'

const audience = 'kith'
const requiredClaims = ['iss', 'aud', 'sub', 'sid', 'gen', 'jti', 'iat', 'exp']
// Three non-empty base64url parts; an HS256 signature is 43 characters.
const compactForm = /^[\w-]+\.[\w-]+\.[\w-]{43}$/
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
// Some 600 bytes each.
const maxKnownTokens = 5_000
const maxGeneration = 2 ** 31 - 1

/**
 * Signs and checks the pair of JWTs: HS256, explicitly typed (RFC 8725, 3.11), from this
 * installation for this installation.
 * @param keys the first signs, all verify
 */
export function createTokens(keys: Buffer[], publicUrl: URL) {
  const issuer = publicUrl.origin
  const [signingKey] = keys
  if (!signingKey) throw new Error('There is no key to sign with.')

  const signerFor = (typ: Kind) =>
    createSigner({ key: signingKey, algorithm: 'HS256', header: { alg: 'HS256', typ } })
  const verifiersFor = (typ: Kind) =>
    keys.map((key) =>
      createVerifier({
        key,
        algorithms: ['HS256'],
        checkTyp: typ,
        allowedIss: issuer,
        allowedAud: audience,
        requiredClaims,
      }),
    )
  const sign = { 'at+jwt': signerFor('at+jwt'), 'rt+jwt': signerFor('rt+jwt') }
  const verifiers = { 'at+jwt': verifiersFor('at+jwt'), 'rt+jwt': verifiersFor('rt+jwt') }

  function issue(kind: Kind, claims: TokenClaims, expiresAt: number): string {
    return sign[kind]({ ...claims, iss: issuer, aud: audience, jti: randomUUID(), exp: expiresAt })
  }

  function readNew(kind: Kind, token: string): Checked | undefined {
    if (!compactForm.test(token) || !hasCanonicalEnd(token)) return undefined
    for (const verify of verifiers[kind]) {
      try {
        return checkClaims(verify(token))
      } catch (error) {
        // Another of our keys may have signed it; every other fault is final. Not all are
        // TokenErrors: dates beyond what a Date can hold are RangeErrors.
        const isOtherKey =
          error instanceof TokenError && error.code === TokenError.codes.invalidSignature
        if (!isOtherKey) return undefined
      }
    }
    return undefined
  }

  /**
   * Whoever showed a valid token shows it again soon, in the same words; only its end must be looked
   * at each time. The words are found by a part of the signature in them, since the whole would have
   * to be hashed, and compared as a whole.
   */
  const known = new LRUCache<number, Known>({ max: maxKnownTokens })

  function readAccess(token: string, shownAs = token): TokenClaims | undefined {
    const checked = readNew('at+jwt', token)
    if (!checked || hasEnded(checked)) return undefined
    known.set(partOfSignature(shownAs), { ...checked, shownAs })
    return checked.claims
  }

  function recall(shownAs: string): TokenClaims | undefined {
    const held = known.get(partOfSignature(shownAs))
    return held?.shownAs === shownAs && !hasEnded(held) ? held.claims : undefined
  }

  return {
    /**
     * A new pair for a session; no token outlives it.
     * @param sessionExpiresAt when the session ends, whatever is refreshed
     */
    issuePair(claims: TokenClaims, sessionExpiresAt: Date) {
      const now = Math.floor(Date.now() / 1000)
      const sessionEnd = Math.floor(sessionExpiresAt.getTime() / 1000)
      const accessEnd = Math.min(now + accessTtlSeconds, sessionEnd)
      return {
        access_token: issue('at+jwt', claims, accessEnd),
        refresh_token: issue('rt+jwt', claims, sessionEnd),
        token_type: 'bearer' as const,
        expires_in: accessEnd - now,
      }
    },
    /**
     * The claims of a valid access token; undefined for anything else.
     * @param shownAs the `Authorization` header that has it, for {@link recall}
     */
    readAccess,
    /** The claims of an access token that was shown in the same words before, and is still valid. */
    recall,
    /** The claims of a valid refresh token; undefined for anything else. */
    readRefresh: (token: string): TokenClaims | undefined => readNew('rt+jwt', token)?.claims,
  }
}

function hasEnded({ endsAt }: Checked): boolean {
  return Date.now() / 1000 >= endsAt
}

/** Some thirty bits from the last characters but one: another number for nearly every token. */
function partOfSignature(shownAs: string): number {
  const { length } = shownAs
  let part = 0
  for (let at = 2; at <= 6; at++) part = (part << 6) ^ (shownAs.charCodeAt(length - at) & 0x7f)
  return part
}

/** The types are ours to check, and an `iat` in the future is nobody's. */
function checkClaims(claims: Record<string, unknown>): Checked | undefined {
  const { sub, sid, gen, jti, iat, exp } = claims
  const isWellTyped =
    isUuid(sub) &&
    isUuid(sid) &&
    typeof jti === 'string' &&
    isWholeNumber(gen) &&
    isWholeNumber(iat) &&
    isWholeNumber(exp)
  if (!isWellTyped || gen < 1 || gen > maxGeneration || iat > Date.now() / 1000 + 5)
    return undefined
  return { claims: { sub, sid, gen }, endsAt: exp }
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value)
}

function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

/** The last character of a 32-byte signature carries two unused bits: only zeros are accepted. */
function hasCanonicalEnd(token: string): boolean {
  const signature = token.slice(-43)
  return Buffer.from(signature, 'base64url').toString('base64url') === signature
}
