import type { User } from '../accounts/user-schema.ts'
import type { StoredPreferences } from '../preferences/queries.ts'
import type { CardVersion } from './card-version.ts'
import type { Selection } from './queries.ts'

/** What somebody wants to download: contacts in one format, or all of an account. */
export type Export = { ownerId: string } & (
  | { format: 'vcf'; selection: Selection; version: CardVersion }
  | { format: 'csv' | 'json'; selection: Selection }
  | { format: 'zip'; user: User; preferences: StoredPreferences['preferences'] }
)
