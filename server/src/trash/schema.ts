import Type, { type Static } from 'typebox'
import { SimpleContact } from '../contacts/schema.ts'
import { nullable } from '../http/schemas.ts'

export type TrashedContact = Static<typeof TrashedContact>
export const TrashedContact = Type.Object(
  {
    ...SimpleContact.properties,
    deleted_at: Type.String({
      format: 'date-time',
      description: 'It is gone for good 30 days later.',
      examples: ['2026-11-22T18:40:00.000Z'],
    }),
    merged_into: nullable('The id of the contact that it was merged into.', [null]),
  },
  { $id: 'TrashedContact', description: 'A contact in the trash.' },
)
