import Type, { type Static } from 'typebox'
import { ContactPath } from '../contacts/request-schema.ts'
import { ContactAnswer } from '../contacts/schema.ts'

// Revisions show what people have written of a contact, and not what was made of it here.
const {
  id: _id,
  revision: _revision,
  created_at: _created,
  updated_at: _updated,
  photo: _photo,
  ...written
} = ContactAnswer.properties

export type Revision = Static<typeof Revision>
export const Revision = Type.Object(
  {
    revision: Type.Integer({
      description: 'The number in the entity tag of the contact as it was then.',
      examples: [42],
    }),
    at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
    by: Type.String({ format: 'uuid', description: 'The user who made it.' }),
    via: Type.String({ description: 'By what door it came.', examples: ['api', 'carddav'] }),
    operation: Type.String({
      description:
        '`created`, `changed`, `deleted`, `restored`, `reverted`, `imported`, `merged` or `merge_undone`, ' +
        'and others.',
      examples: ['changed'],
    }),
    contact: Type.Object(written, {
      description: 'The contact as it was after that.',
      additionalProperties: false,
    }),
  },
  { $id: 'Revision', description: 'One step in the history of a contact.' },
)

export const RevisionPath = Type.Object({
  ...ContactPath.properties,
  revision: Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Its number in the history.',
  }),
})
