import Type, { type Static } from 'typebox'
import { PartQuery } from '../contacts/request-schema.ts'
import { ContactAnswer } from '../contacts/schema.ts'
import { Problem } from '../http/problem-responses.ts'
import { idPath, nullable, ref } from '../http/schemas.ts'
import type { Reason } from './likeness/likeness.ts'

const id = Type.String({ format: 'uuid' })

const DuplicateReason = Type.Object({
  kind: Type.Unsafe<Reason['kind']>({
    type: 'string',
    enum: ['email', 'phone', 'name', 'birthday', 'company', 'address'],
    description: 'What they have in common.',
    examples: ['email'],
  }),
  value: Type.String({
    description:
      'That itself. An e-mail address in lower case and a number as digits, with `+` and the code of its country ' +
      'where that is known; a company and an address as the first of them writes it; names that are alike one ' +
      'after the other.',
    examples: ['ada@example.org'],
  }),
  contacts: Type.Array(id, { description: 'The ids of those that have it.' }),
})
export type DuplicateReason = Static<typeof DuplicateReason>

const Refusal = Type.Pick(Problem, ['code', 'detail', 'errors'])

export type DuplicateGroup = Static<typeof DuplicateGroup>
export const DuplicateGroup = Type.Object(
  {
    id: Type.String({
      format: 'uuid',
      description: 'The same as long as the same contacts are in it.',
      examples: ['6c1f0d3e-5b8a-8f27-9d41-3a7e6b90c2d5'],
    }),
    score: Type.Number({
      description: 'How probable it is that all of them are one person, from 0 to 1.',
      examples: [0.97],
    }),
    reasons: Type.Array(DuplicateReason, { description: 'What speaks for it.' }),
    contacts: Type.Array(ref(ContactAnswer), { description: 'Two or more of your contacts.' }),
    suggested: {
      ...ref(ContactAnswer),
      description:
        'What they would become: its `id` is that of the contact which the others are best merged into.',
    },
    refusal: Type.Unsafe<Static<typeof Refusal> | null>({
      ...Refusal,
      type: ['object', 'null'],
      description:
        'Why they cannot be merged as they are: `suggested` is then more than one contact may have, and what ' +
        'is to be kept has to be chosen in `fields` of the merge. null if nothing stands against it.',
    }),
  },
  { $id: 'DuplicateGroup', description: 'Contacts that may be of one person.' },
)

export type Duplicates = Static<typeof Duplicates>
export const Duplicates = Type.Object(
  {
    groups: Type.Array(ref(DuplicateGroup), { description: 'The best first.' }),
    total: Type.Integer({ description: 'How many there are on all pages.', examples: [12] }),
    after: nullable('To be sent for the next page; null on the last.', [null]),
  },
  { $id: 'Duplicates', description: 'A page of groups.' },
)

export const DuplicatesQuery = Type.Object(
  {
    limit: Type.Integer({
      minimum: 1,
      maximum: 100,
      default: 20,
      description: 'How many groups at the most.',
    }),
    after: PartQuery.properties.after,
    dismissed: Type.Boolean({
      default: false,
      description: 'Instead those that were dismissed, the last one first.',
    }),
  },
  { additionalProperties: false },
)

export const DuplicatePath = idPath('the group')
