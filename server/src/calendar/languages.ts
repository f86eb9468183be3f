/** The words of a calendar in one language. */
export type Words = {
  calendar: string
  birthday: string
  anniversary: string
  /** Of a date that has no label. */
  date: string
  /** In place of a name that is not known. */
  noName: string
  /** The title of the day on which somebody reaches an age. */
  turns: (name: string, age: number) => string
  /** A number of years that have passed. */
  years: (count: number) => string
}

export const languages = ['en', 'de', 'uk'] as const
export type Language = (typeof languages)[number]

const ukrainianPlurals = new Intl.PluralRules('uk')
const ukrainianYears: Partial<Record<Intl.LDMLPluralRule, string>> = {
  one: 'рік',
  few: 'роки',
  many: 'років',
}

function yearsInUkrainian(count: number): string {
  return `${count} ${ukrainianYears[ukrainianPlurals.select(count)] ?? 'року'}`
}

export const wordsIn: Record<Language, Words> = {
  en: {
    calendar: 'Birthdays',
    birthday: 'birthday',
    anniversary: 'anniversary',
    date: 'date',
    noName: 'No name',
    turns: (name, age) => `${name} turns ${age}`,
    years: (count) => (count === 1 ? '1 year' : `${count} years`),
  },
  de: {
    calendar: 'Geburtstage',
    birthday: 'Geburtstag',
    anniversary: 'Jahrestag',
    date: 'Datum',
    noName: 'Ohne Namen',
    turns: (name, age) => `${name} wird ${age}`,
    years: (count) => (count === 1 ? '1 Jahr' : `${count} Jahre`),
  },
  uk: {
    calendar: 'Дні народження',
    birthday: 'день народження',
    anniversary: 'річниця',
    date: 'дата',
    noName: 'Без імені',
    // Without a verb, whose form would depend on who it is.
    turns: (name, age) => `${name}: ${yearsInUkrainian(age)}`,
    years: yearsInUkrainian,
  },
}

/** The first of these BCP 47 tags whose language is one of ours. */
export function bestLanguage(tags: readonly string[]): Language | undefined {
  const wanted = tags.map((tag) => tag.toLowerCase().split('-')[0])
  return wanted.map((name) => languages.find((one) => one === name)).find(Boolean)
}
