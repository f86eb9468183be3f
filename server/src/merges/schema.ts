import Type, { type Static } from 'typebox'
import { ContactPatch } from '../contacts/body-schema.ts'
import { ContactAnswer } from '../contacts/schema.ts'
import { nullable, ref } from '../http/schemas.ts'
import { maxOthers } from './merged-contact.ts'

const exampleIds = [
  '01a20497-405b-7167-a9e2-939dbd06ad08',
  '01a20497-4b1c-7d0e-8f3a-2c6b5a493827',
] as const
const exampleMergeId = '01a20498-11d2-7c58-9b0f-6f3f0b1c2d3e'
const id = (description: string, example: string) =>
  Type.String({ format: 'uuid', description, examples: [example] })

export type MergeRequest = Static<typeof MergeRequest>
export const MergeRequest = Type.Object(
  {
    into: id('The contact that stays, with its id, its UID and its card.', exampleIds[0]),
    ids: Type.Array(Type.String({ format: 'uuid' }), {
      minItems: 1,
      maxItems: maxOthers,
      description: 'Those that are merged into it, and go to the trash.',
      examples: [[exampleIds[1]]],
    }),
    fields: Type.Optional(ref(ContactPatch)),
    if_revisions: Type.Optional(
      Type.Unsafe<Record<string, string>>({
        type: 'object',
        additionalProperties: { type: 'string', maxLength: 40 },
        description:
          'The revisions that you have seen, by the ids of contacts: if one has another, nothing is ' +
          'merged.',
        examples: [{ [exampleIds[0]]: 'm42', [exampleIds[1]]: 'm7' }],
      }),
    ),
  },
  {
    $id: 'MergeRequest',
    additionalProperties: false,
    description:
      'Which contacts become one. `fields` takes the values that are chosen, as in a PATCH of the ' +
      'merged contact: absent ones are joined, lists that are sent take the place of the joined ones.',
  },
)

export const MergeQuery = Type.Object(
  {
    dry_run: Type.Boolean({
      default: false,
      description: 'Only show what the merged contact would be: nothing is written.',
    }),
  },
  { additionalProperties: false },
)

export type MergeAnswer = Static<typeof MergeAnswer>
export const MergeAnswer = Type.Object(
  {
    contact: ref(ContactAnswer),
    merge_id: nullable('What undoes it; null of a dry run.', [exampleMergeId]),
  },
  { $id: 'MergeAnswer', description: 'The merged contact.' },
)

const Named = Type.Object({
  id: Type.String({ format: 'uuid', examples: [exampleIds[1]] }),
  name: Type.String({ description: 'As it was called then.', examples: ['Ada King'] }),
})

export type Merge = Static<typeof Merge>
export const Merge = Type.Object(
  {
    merge_id: id('', exampleMergeId),
    merged_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
    contact: Type.Object(Named.properties, {
      description: 'The contact that stayed.',
      examples: [{ id: exampleIds[0], name: 'Ada Lovelace' }],
    }),
    merged: Type.Array(Named, { description: 'Those that went into it.' }),
    can_undo: Type.Boolean({
      description: 'Whether it can be undone: until then, or for 30 days.',
      examples: [true],
    }),
    changed_since: Type.Boolean({
      description: 'Whether the merged contact was changed since: undoing it takes `force=true`.',
      examples: [false],
    }),
    undone_at: nullable('When it was undone.', [null]),
  },
  { $id: 'Merge', description: 'A merge of the last 30 days.' },
)

export const UndoQuery = Type.Object(
  {
    force: Type.Boolean({
      default: false,
      description:
        'Also if the merged contact was changed since: its history keeps what it is now. Later merges ' +
        'into the same contact are undone as well.',
    }),
  },
  { additionalProperties: false },
)

export type MergeUndone = Static<typeof MergeUndone>
export const MergeUndone = Type.Object(
  {
    contacts: Type.Array(ref(ContactAnswer), {
      description: 'The contacts as they were before, the one that had stayed first.',
    }),
  },
  { $id: 'MergeUndone', description: 'What came back.' },
)
