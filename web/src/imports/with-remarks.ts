import type { Catalogue, Language } from '../strings/catalogues.ts'
import { withMessages } from '../strings/text.ts'

/** What there is to tell of imports and their entries. */
const catalogues: Record<Language, () => Promise<Catalogue>> = {
  en: () => import('virtual:strings/en/remarks'),
  de: () => import('virtual:strings/de/remarks'),
  uk: () => import('virtual:strings/uk/remarks'),
}

/** Loads what shows remarks, and their texts. */
export const withRemarks = <Screen>(screen: Promise<Screen>): Promise<Screen> =>
  withMessages(screen, (language) => catalogues[language]())
