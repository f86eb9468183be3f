import { createHash, randomBytes } from 'node:crypto'
import { lockUser } from '../accounts/user-queries.ts'
import { findUserOfSecret, forgetUserSecrets, keepUserSecret } from '../accounts/user-secrets.ts'
import type { Ask } from '../db/ask.ts'
import { askIn, inTransaction, type Database, type OpenDatabase } from '../db/database.ts'
import { AppError, invalidInput } from '../errors.ts'
import { acceptedLanguages } from '../http/accept-language.ts'
import { findPreferences } from '../preferences/queries.ts'
import type { Services } from '../services.ts'
import { bestLanguage, type Language } from './languages.ts'
import {
  deleteCalendar,
  findBookState,
  findBySecret,
  findCalendar,
  findSecretHash,
  noteFetched,
  setSecret,
  updateCalendar,
  type CalendarRow,
  type FetchedCalendar,
} from './queries.ts'
import type { CalendarPatch } from './schema.ts'
import type { Kind } from './yearly-dates.ts'

/** As the column has by default. */
const usualKinds: Kind[] = ['birthdays', 'anniversaries']
const noteEveryMs = 5 * 60 * 1000

/** The language of a new calendar: the preferred one, or what the user's programs ask for. */
export async function languageOf(
  db: Database,
  userId: string,
  acceptLanguage: string | undefined,
): Promise<Language> {
  const { preferences, accepted_languages: atSignUp } = await findPreferences(db, userId)
  const { language } = preferences
  const preferred = typeof language === 'string' ? [language] : []
  return bestLanguage([...preferred, ...acceptedLanguages(acceptLanguage), ...atSignUp]) ?? 'en'
}

/**
 * Makes the user's calendar, or gives it a new address in place of the old one.
 * @param language of a calendar that is new
 * @returns the secret of its address, of which only the hash is kept
 */
export function renewCalendar(db: Database, userId: string, language: Language) {
  const secret = randomBytes(32).toString('base64url')
  const secret_hash = hashOf(secret)
  return inTransaction(db, async (trx) => {
    await forgetAddress(trx, userId)
    await keepUserSecret(trx, { secret_hash, user_id: userId, expires_at: null })
    const row = await setSecret(askIn(trx), userId, secret_hash, language)
    if (!row) throw noCalendar()
    return { row, secret }
  })
}

/** Its user is locked first, so that of two who renew it, each finds what the other one made. */
async function forgetAddress(trx: Database, userId: string): Promise<void> {
  await lockUser(trx, userId)
  const hash = await findSecretHash(askIn(trx), userId)
  if (hash) await forgetUserSecrets(trx, [hash])
}

/** @throws AppError `not_found` */
export async function readCalendar(read: Ask, userId: string): Promise<CalendarRow> {
  const row = await findCalendar(read, userId)
  if (!row) throw noCalendar()
  return row
}

/**
 * Changes settings; null resets one to what a new calendar has.
 * @throws AppError `not_found`; `validation_failed` for a label that is not the user's
 */
export async function changeCalendar(
  { read, write }: Services['database'],
  userId: string,
  {
    labels,
    reminders,
    include,
    language,
  }: Omit<CalendarPatch, 'language'> & { language?: Language | undefined },
): Promise<CalendarRow> {
  const before = await readCalendar(read, userId)
  if (labels) await requireLabels(read, before, labels)
  const row = await updateCalendar(write, userId, {
    reminders: reminders === null ? [] : reminders,
    include: include === null ? usualKinds : include,
    label_ids: labels === null ? [] : labels,
    language,
  })
  if (!row) throw noCalendar()
  return row
}

/** @throws AppError `not_found` */
export function removeCalendar(db: Database, userId: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    await forgetAddress(trx, userId)
    if (!(await deleteCalendar(askIn(trx), userId))) throw noCalendar()
  })
}

/** The calendar at an address; undefined where there is none, or its user may not be here. */
export async function findFetched(
  { db, read }: Pick<OpenDatabase, 'db' | 'read'>,
  secret: string,
): Promise<FetchedCalendar | undefined> {
  const hash = hashOf(secret)
  const userId = await findUserOfSecret(db, hash)
  return userId === undefined ? undefined : findBySecret(read, userId, hash)
}

/** Notes a fetch now and then; it succeeds also where that fails. */
export async function noteFetch(
  { database, log }: Services,
  { user_id, last_fetched_at }: CalendarRow,
): Promise<void> {
  if (last_fetched_at !== null && Date.now() - Date.parse(last_fetched_at) < noteEveryMs) return
  await noteFetched(database.write, user_id).catch((error: unknown) =>
    log.warn({ err: error }, 'the last fetch of a calendar was not noted'),
  )
}

/** A label that was deleted since may stay, so that what was read can be sent back. */
async function requireLabels(read: Ask, { user_id, label_ids }: CalendarRow, wanted: string[]) {
  const { label_ids: live } = await findBookState(read, user_id, wanted)
  const known = new Set([...live, ...label_ids])
  const unknown = wanted.flatMap((id, index) => (known.has(id.toLowerCase()) ? [] : [index]))
  if (unknown.length === 0) return
  throw invalidInput(
    unknown.map((index) => ({ pointer: `/labels/${index}`, detail: 'is no label of yours.' })),
  )
}

function noCalendar(): AppError {
  return new AppError('not_found', 'not_found', 'There is no calendar.')
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
