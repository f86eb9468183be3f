import type { LocalizedString } from '@internationalized/string'

export const languages = ['en', 'de', 'uk'] as const
export type Language = (typeof languages)[number]

export type Catalogue = { messages: Record<string, LocalizedString> }

const first: Record<Language, () => Promise<Catalogue>> = {
  en: () => import('virtual:strings/en'),
  de: () => import('virtual:strings/de'),
  uk: () => import('virtual:strings/uk'),
}
const later: Record<Language, () => Promise<Catalogue>> = {
  en: () => import('virtual:strings/en/later'),
  de: () => import('virtual:strings/de/later'),
  uk: () => import('virtual:strings/uk/later'),
}

/** What the first screen says in a language. */
export const catalogueOf = (language: Language): Promise<Catalogue> => first[language]()
/** What later screens say. */
export const laterCatalogueOf = (language: Language): Promise<Catalogue> => later[language]()
