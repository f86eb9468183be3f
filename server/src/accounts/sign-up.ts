import { randomUUIDv7 } from 'node:crypto'
import { inTransaction } from '../db/database.ts'
import { isUniqueViolation } from '../db/errors.ts'
import type { UserRow } from '../db/tables.ts'
import { AppError, invalidInput } from '../errors.ts'
import { checkerOf } from '../http/validation.ts'
import type { Mail } from '../jobs/job-data.ts'
import type { Services } from '../services.ts'
import { operator, type Client } from './client.ts'
import { emailKey, normalizeEmail } from './email-address.ts'
import { accountFormats } from './formats.ts'
import { requireInvite, takeInvite } from './invites.ts'
import { findMailedToken } from './mailed-tokens.ts'
import { enqueueMail } from './mails/outbox.ts'
import { refuseWeakPassword } from './passwords/password.ts'
import { SignUpRequest } from './schema.ts'
import { noteSecurityEvent } from './security-events.ts'
import { findUserByEmail, insertUser, setConfirmed } from './user-queries.ts'
import { putUserInCache } from './users.ts'

type LinkMail = Extract<Mail, { requestedAt: string }>

const check = checkerOf(SignUpRequest, accountFormats)

/** How many mails strangers may have sent to one address in an hour. */
const mailsAnHour = 5

/**
 * Opens an account; a mail asks its owner to confirm the address.
 * @param languages that the browser asks for
 * @throws AppError `conflict` when the address has one, `invalid` for a password everybody guesses,
 * and where signing up takes an invite, for one that is missing or cannot be used
 */
export async function signUp(
  services: Services,
  input: SignUpRequest,
  client: Client,
  languages: string[],
): Promise<UserRow> {
  const email = normalizeEmail(input.email)
  const takesInvite = services.config.registration === 'invite'
  if (takesInvite) await requireInvite(services.db, input.invite, email)
  refuseWeakPassword(input.password)
  const passwordHash = await services.passwords.hash(input.password)
  return refuseTaken(() =>
    inTransaction(services.db, async (trx) => {
      if (takesInvite) await takeInvite(trx, input.invite, email)
      const row = await insertUser(trx, {
        id: randomUUIDv7(),
        username: input.username.trim(),
        email,
        password_hash: passwordHash,
        accepted_languages: languages,
      })
      await noteSecurityEvent(trx, row.id, 'signed_up', client)
      // Takes a place among the mails that anyone may ask for, but is sent in any case.
      await takeMailPlace(services, email)
      await enqueueMail(services.jobs, trx, linkMail('confirm_email', email))
      return row
    }),
  )
}

/**
 * Makes an account whose address needs no confirmation, as whoever runs the server may, however
 * registration is set.
 * @throws AppError `conflict` when the address has one, `invalid` for what sign-up refuses as well
 */
export async function createAccount(
  services: Services,
  input: Pick<SignUpRequest, 'username' | 'email' | 'password'>,
): Promise<UserRow> {
  const errors = check(input, () => false)
  if (errors.length > 0) throw invalidInput(errors)
  refuseWeakPassword(input.password)
  const passwordHash = await services.passwords.hash(input.password)
  return refuseTaken(() =>
    inTransaction(services.db, async (trx) => {
      const row = await insertUser(trx, {
        id: randomUUIDv7(),
        username: input.username.trim(),
        email: normalizeEmail(input.email),
        password_hash: passwordHash,
        confirmed_at: new Date(),
      })
      await noteSecurityEvent(trx, row.id, 'signed_up', operator)
      return row
    }),
  )
}

/** Makes an account. @throws AppError `conflict` when its address has one */
async function refuseTaken(make: () => Promise<UserRow>): Promise<UserRow> {
  try {
    return await make()
  } catch (error) {
    if (!isUniqueViolation(error, 'user_emails_once')) throw error
    throw new AppError('conflict', 'account_exists', 'Account already exists')
  }
}

/**
 * Queues the mail that confirms an address or resets a password. Asking does the same work whether
 * or not there is such an account: a mail that nobody is to get is dropped when it is delivered.
 * Beyond five mails an hour to one address nothing is sent, and nobody is told.
 */
export async function requestMail(
  services: Services,
  kind: LinkMail['kind'],
  email: string,
): Promise<void> {
  const { db, jobs } = services
  const user = await findUserByEmail(db, emailKey(email))
  const isDue = user !== undefined && (kind === 'reset_password' || !user.confirmed_at)
  // Counted apart, lest asking in vain use up the places of mails that somebody waits for.
  const hasPlace = await takeMailPlace(services, email, isDue ? 'due' : 'in-vain')
  if (hasPlace) await enqueueMail(jobs, db, linkMail(kind, email))
}

/**
 * Takes one of the places for mails to an address that others may have sent there.
 * @returns whether there was one left
 */
export async function takeMailPlace(
  { config, counter }: Pick<Services, 'config' | 'counter'>,
  email: string,
  use: 'due' | 'in-vain' = 'due',
): Promise<boolean> {
  if (!config.limits.enabled) return true
  const { allowed } = await counter.take(`mail-${use}:${emailKey(email)}`, mailsAnHour, 3600)
  return allowed
}

function linkMail(kind: LinkMail['kind'], email: string): LinkMail {
  return { kind, email: normalizeEmail(email), requestedAt: new Date().toISOString() }
}

/**
 * Confirms the address that a mailed token proves.
 * @returns whether this was the first time; undefined for a token that is wrong or too old
 */
export async function confirmEmail(
  services: Services,
  token: string,
): Promise<boolean | undefined> {
  const proof = await findMailedToken(services.db, 'confirm_email', token)
  if (!proof) return undefined
  const confirmed = await setConfirmed(services.db, proof.user_id)
  if (confirmed) await putUserInCache(services, confirmed)
  return confirmed !== undefined
}
