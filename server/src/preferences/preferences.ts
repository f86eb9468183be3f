import { firstPhones } from '../contacts/store/first-phones.ts'
import type { Services } from '../services.ts'
import { guessesFrom } from './guesses.ts'
import { regionOfPhones } from './phone-region.ts'
import { findPreferences, type StoredPreferences } from './queries.ts'
import { preferenceNames, type Preferences, type PreferencesPatch } from './schema.ts'

type Reading = Pick<Services, 'db' | 'database'>

/** All preferences of a user, with what is guessed for those that may be left to us. */
export async function presentPreferences(
  { database }: Pick<Reading, 'database'>,
  userId: string,
  { preferences, accepted_languages: languages }: StoredPreferences,
): Promise<Preferences> {
  const all = Object.fromEntries(
    preferenceNames.map((name) => [name, preferences[name] ?? null]),
  ) as Omit<Preferences, 'guessed'>
  const phoneRegion = await regionOfPhones(await firstPhones(database.read, userId))
  return { ...all, guessed: guessesFrom({ languages, phoneRegion, region: all.region }) }
}

/** The same preferences as they are stored: languages and time zones in their canonical spelling. */
export function canonicalPreferences(patch: PreferencesPatch): PreferencesPatch {
  const { language, time_zone } = patch
  return {
    ...patch,
    ...(language && { language: Intl.getCanonicalLocales(language)[0] ?? language }),
    // Unlike Intl, Temporal keeps Europe/Kyiv, and corrects only its case.
    ...(time_zone && { time_zone: Temporal.Now.zonedDateTimeISO(time_zone).timeZoneId }),
  }
}

/**
 * Where an owner lives, as a code of ISO 3166-1: as they have set it, else as it is guessed; null where
 * nothing says it.
 */
export async function regionOf(services: Reading, ownerId: string): Promise<string | null> {
  const stored = await findPreferences(services.db, ownerId)
  const { region, guessed } = await presentPreferences(services, ownerId, stored)
  return region ?? guessed.region
}

/** The same where they have set it; null where they have not. */
export async function chosenRegionOf({ db }: Pick<Reading, 'db'>, ownerId: string) {
  const { preferences } = await findPreferences(db, ownerId)
  return typeof preferences['region'] === 'string' ? preferences['region'] : null
}
