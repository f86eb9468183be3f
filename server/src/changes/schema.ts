import Type, { type Static } from 'typebox'
import { ContactAnswer, SimpleContact } from '../contacts/schema.ts'
import { nullable, ref } from '../http/schemas.ts'
import type { ShownView } from './queries.ts'

/** One that was given out on 29 November 2026, for change 42. */
export const exampleToken = 'AVEyFydjTr7pJwAAAAAAKgAAAAAAAA_WdyQ'

const id = Type.String({ format: 'uuid' })
const since = (otherwise = '') =>
  Type.String({
    maxLength: 200,
    description: `The \`next\` of an answer, which says what is known. Good for 180 days.${otherwise}`,
    examples: [exampleToken],
  })

const ChangedLabel = Type.Object({
  id,
  name: Type.String({ examples: ['Friends'] }),
  colour: nullable('`#rrggbb`, in lower case.', ['#3b82f6']),
})
export type ChangedLabel = Static<typeof ChangedLabel>

export type ChangesAnswer = Static<typeof ChangesAnswer>
export const ChangesAnswer = Type.Object(
  {
    contacts: Type.Array(Type.Union([ref(ContactAnswer), ref(SimpleContact)]), {
      description: 'Those that are new or changed, as they are now.',
    }),
    removed: Type.Array(id, { description: 'The ids of contacts that are gone, or in the trash.' }),
    labels: Type.Array(ChangedLabel, {
      description: 'Those that are new, renamed or have another colour.',
    }),
    removed_labels: Type.Array(id, { description: 'The ids of labels that are gone.' }),
    next: Type.String({
      description: 'To be sent as `since` of the next call, also when `more` is false.',
      examples: [exampleToken],
    }),
    more: Type.Boolean({ description: 'Whether there are more changes already.' }),
    total: Type.Integer({
      description: 'How many contacts there are, those in the trash not counted.',
      examples: [1234],
    }),
  },
  { $id: 'Changes', description: 'What has changed in your book.' },
)

export const ChangesQuery = Type.Object(
  {
    since: Type.Optional(since(' Without it, all there is.')),
    limit: Type.Integer({
      minimum: 1,
      maximum: 5_000,
      default: 1_000,
      description: 'How many changes at the most. Lines have no limit.',
    }),
    view: Type.Unsafe<ShownView>({
      type: 'string',
      enum: ['full', 'simple'],
      default: 'full',
      description: '`simple` gives contacts in the simple shape.',
    }),
  },
  { additionalProperties: false },
)

export const EventsQuery = Type.Object({ since: since() }, { additionalProperties: false })
