import Type, { type Static } from 'typebox'
import { sorts } from '../contacts/request-schema.ts'

const text = (format: string, maxLength: number, description: string, example: string) =>
  Type.Unsafe<string | null>({
    type: ['string', 'null'],
    format,
    maxLength,
    description,
    examples: [example],
  })
const oneOf = <Value extends string>(values: readonly Value[], description: string) =>
  Type.Unsafe<Value | null>({
    type: ['string', 'null'],
    enum: [...values, null],
    description,
    examples: [values[0]],
  })

/** Every preference, with what it may be; null is what the app thinks best. */
const members = {
  language: text('language', 35, 'Of the screens, as a BCP 47 tag.', 'uk'),
  region: text(
    'region',
    2,
    'For dates, numbers and phones, as a code of ISO 3166-1 in capitals.',
    'UA',
  ),
  time_zone: text('time-zone', 100, 'An IANA time zone.', 'Europe/Kyiv'),
  theme: oneOf(['light', 'dark'], 'Null: as the device has it.'),
  sort: oneOf(sorts, 'The order of contacts, as lists take it.'),
  name_order: oneOf(['first_name_first', 'last_name_first'], 'How a name is shown.'),
  single_keys: Type.Unsafe<boolean | null>({
    type: ['boolean', 'null'],
    description: 'Whether single keys are shortcuts.',
    examples: [true],
  }),
}

const guess = (description: string, example: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description, examples: [example] })

const guessed = Type.Object(
  {
    language: guess('What the browser asked for at sign-up.', 'uk-UA'),
    region: guess('From the first phone numbers of your contacts, else from the language.', 'UA'),
    time_zone: guess('From the region, where it has only one.', 'Europe/Vienna'),
  },
  {
    readOnly: true,
    description: 'What is taken for those that are not set; null where nothing says it.',
  },
)

export type Preferences = Static<typeof Preferences>
export const Preferences = Type.Object(
  { ...members, guessed },
  { $id: 'Preferences', description: 'What you want the apps to be like, on every device.' },
)

/** The names of all preferences. */
export const preferenceNames = Object.keys(members) as (keyof typeof members)[]

export type PreferencesPatch = Static<typeof PreferencesPatch>
export const PreferencesPatch = Type.Partial(Type.Object(members), {
  $id: 'PreferencesPatch',
  additionalProperties: false,
  description: 'A JSON merge patch (RFC 7396): absent members stay, null clears.',
})
