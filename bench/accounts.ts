import { createPasswords } from '../server/src/accounts/passwords/password.ts'
import { accessTtlSeconds, createTokens } from '../server/src/accounts/sessions/tokens.ts'
import { parseSecretKeys } from '../server/src/secret.ts'
import { sessionId, userId } from './ids.ts'

/** Of every server in a run: tokens are signed here and believed there. */
export const secretKey = '9f2b6c1d8e4a7053b1c6d9e2f5a80734c7e1b4d8f3a6095266d1c8e7b2f4a905'
export const publicUrl = new URL('http://kith.bench')

export const password = 'correct horse battery staple'

/** All accounts have one password, and one hash of it. */
export function hashPassword(): Promise<string> {
  return createPasswords().hash(password)
}

export function emailOf(user: number): string {
  return `user${user}@bench.example`
}

/** Access tokens for the seeded sessions, made anew before they expire. */
export function createWallet() {
  const tokens = createTokens(parseSecretKeys(secretKey), publicUrl)
  const maxAgeMs = (accessTtlSeconds * 1000) / 3
  const held = new Map<number, { token: string; madeAt: number }>()
  return {
    /** Good for ten minutes or more. */
    tokenOf(user: number): string {
      const now = Date.now()
      const kept = held.get(user)
      if (kept && now - kept.madeAt < maxAgeMs) return kept.token
      const claims = { sub: userId(user), sid: sessionId(user), gen: 1 }
      const token = tokens.issuePair(claims, new Date(now + 86_400_000)).access_token
      held.set(user, { token, madeAt: now })
      return token
    },
  }
}

export type Wallet = ReturnType<typeof createWallet>
