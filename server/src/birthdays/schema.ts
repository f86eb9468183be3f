import Type, { type Static } from 'typebox'
import { SimpleContact } from '../contacts/schema.ts'

export type UpcomingBirthday = Static<typeof UpcomingBirthday>
export const UpcomingBirthday = Type.Object(
  {
    ...SimpleContact.properties,
    next_birthday: Type.String({ format: 'date', examples: ['2026-12-10'] }),
    days_until: Type.Integer({ description: '0 is today.', examples: [18] }),
    turns: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'The age reached; null without a year.',
      examples: [211],
    }),
  },
  { $id: 'UpcomingBirthday', description: 'A contact with the next celebration of its birthday.' },
)

export const BirthdayQuery = Type.Object(
  {
    days: Type.Integer({
      minimum: 0,
      maximum: 366,
      default: 7,
      description: 'How many days ahead. Both ends count: 7 is today and the seven days after it.',
    }),
    date: Type.Optional(
      Type.String({ format: 'date', description: 'Stands for today; 9998-12-31 at the latest.' }),
    ),
    tz: Type.String({
      default: 'UTC',
      maxLength: 64,
      format: 'time-zone',
      description: 'The IANA time zone that says which day is today.',
    }),
  },
  { additionalProperties: false },
)
