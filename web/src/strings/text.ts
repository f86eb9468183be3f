import {
  LocalizedStringDictionary,
  LocalizedStringFormatter,
  type LocalizedString,
} from '@internationalized/string'
import { catalogueOf, laterCatalogueOf, type Language } from './catalogues.ts'
import type account from './en/account.json'
import type birthdays from './en/birthdays.json'
import type commands from './en/commands.json'
import type conflicts from './en/conflicts.json'
import type contacts from './en/contacts.json'
import type duplicates from './en/duplicates.json'
import type editing from './en/editing.json'
import type frame from './en/frame.json'
import type history from './en/history.json'
import type imports from './en/imports.json'
import type knownLabels from './en/known-labels.json'
import type labels from './en/labels.json'
import type nothing from './en/nothing.json'
import type problems from './en/problems.json'
import type remarks from './en/remarks.json'
import type settings from './en/settings.json'
import type sharing from './en/sharing.json'
import type sync from './en/sync.json'
import type trash from './en/trash.json'
import type ui from './en/ui.json'
import type waiting from './en/waiting.json'
import { withoutDirection } from './without-direction.ts'

/** Every message there is; each feature has a catalogue of its own. */
export type Message = keyof Messages
type Messages = typeof account &
  typeof birthdays &
  typeof commands &
  typeof conflicts &
  typeof contacts &
  typeof duplicates &
  typeof editing &
  typeof frame &
  typeof history &
  typeof imports &
  typeof knownLabels &
  typeof labels &
  typeof nothing &
  typeof problems &
  typeof remarks &
  typeof settings &
  typeof sharing &
  typeof sync &
  typeof trash &
  typeof ui &
  typeof waiting

let known: Record<string, LocalizedString> = {}
let spoken: Language = 'en'
let formatter: LocalizedStringFormatter | undefined
let locale = 'en'

let loading: Promise<void> = Promise.resolve()

/** Loads the catalogue of a language; awaited before anything is rendered. */
export function loadLanguage(language: Language, region: string | null): Promise<void> {
  spoken = language
  loading = catalogueOf(language).then(({ messages }) => speak(language, messages, region))
  return loading
}

/** Loads a screen that is not the first, and what it says; also while the language is still being loaded. */
export async function withMessages<Screen>(
  screen: Promise<Screen>,
  catalogueOfScreen = laterCatalogueOf,
): Promise<Screen> {
  const [loaded, { messages }] = await Promise.all([screen, catalogueOfScreen(spoken), loading])
  Object.assign(known, messages)
  return loaded
}

/** From here on, messages are those of a catalogue. */
export function speak(
  language: Language,
  messages: Record<string, LocalizedString>,
  region: string | null,
): void {
  spoken = language
  // A copy, which grows: that of a module cannot.
  known = { ...messages }
  formatter = new LocalizedStringFormatter(
    language,
    new LocalizedStringDictionary({ [language]: known }, language),
  )
  locale = region ? `${language}-${region}` : browserLocale(language)
  document.documentElement.lang = language
}

/** The language with the region that the browser has it with, if it does. */
const browserLocale = (language: Language) =>
  navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language

type Values = Record<string, string | number>

/** A message in the language of the page. */
export function text(message: Message, values?: Values): string {
  if (!formatter) throw new Error('no language is loaded')
  return formatter.format(message, values && contained(values))
}

function contained(values: Values): Values {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? withoutDirection(value) : value,
  ])
  return Object.fromEntries(entries)
}

/** Whether there is a message of that name. */
export const isMessage = (name: string): name is Message => name in known

export const currentLanguage = (): Language => spoken

/** For `Intl`: the language with the region, which decides the forms of dates and numbers. */
export const currentLocale = () => locale
