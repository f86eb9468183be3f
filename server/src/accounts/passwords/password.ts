import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import commonPasswords from 'fxa-common-password-list'
import { invalidField } from '../../errors.ts'
import { createSemaphore } from '../../limits/semaphore.ts'

export type Passwords = ReturnType<typeof createPasswords>

// OWASP's recommendation for argon2id: 19 MiB, two passes, one lane.
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const minLength = 8

/**
 * Hashes and checks passwords, as many at once as there are cores. Who finds a long queue is sent
 * away with `unavailable` rather than made to wait.
 */
export function createPasswords() {
  const slots = createSemaphore({ concurrency: availableParallelism(), maxQueue: 64 })
  const nobodysHash = slots.run(() => hash(randomBytes(32), argon2id))
  return {
    /** An argon2id hash of the password in its NFKC form. */
    hash: (password: string) => slots.run(() => hash(password.normalize('NFKC'), argon2id)),

    /**
     * Whether the password belongs to the hash; false for a broken hash. Without a hash it is false
     * after the same work, so that the time tells nobody whether there is an account.
     */
    async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
      const against = passwordHash ?? (await nobodysHash)
      const matches = await slots.run(() =>
        verify(against, password.normalize('NFKC')).catch(() => false),
      )
      return matches && passwordHash !== undefined
    },
  }
}

/**
 * Refuses what everybody guesses first; there are no rules of composition. The length is that of
 * the form which is hashed: letters and accents typed apart count once.
 * @throws AppError `invalid`, naming the field
 */
export function refuseWeakPassword(password: string, pointer = '/password') {
  const plain = password.normalize('NFKC').toLowerCase()
  if (Array.from(plain).length < minLength) {
    throw invalidField(pointer, `must have at least ${minLength} characters.`)
  }
  if (commonPasswords.test(plain) || new Set(plain).size < 3) {
    throw invalidField(pointer, 'is one of the passwords that are guessed first.')
  }
}
