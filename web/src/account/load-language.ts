import type { LocalizedString } from '@internationalized/string'
import { rememberedRegion } from '../device.ts'
import type { Language } from '../strings/catalogues.ts'
import { speak } from '../strings/text.ts'

type Catalogue = { messages: Record<string, LocalizedString> }

/** What the signed-out pages say, and nothing of the rest. */
const catalogues: Record<Language, () => Promise<Catalogue>> = {
  en: () => import('virtual:strings/en/account'),
  de: () => import('virtual:strings/de/account'),
  uk: () => import('virtual:strings/uk/account'),
}

export async function loadAccountLanguage(language: Language): Promise<void> {
  const { messages } = await catalogues[language]()
  speak(language, messages, rememberedRegion())
}
