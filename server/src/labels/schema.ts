import Type, { type Static } from 'typebox'
import { maxNameLength } from '../book/label-name.ts'
import { idPath, nullable } from '../http/schemas.ts'

/** How many contacts one call may give a label, and how many it may take it from. */
export const maxMembers = 1_000

const name = Type.String({
  minLength: 1,
  maxLength: maxNameLength,
  format: 'one-line',
  description: 'Names that differ in case or accents only are the same.',
  examples: ['Friends'],
})
const colour = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  format: 'colour',
  description: '`#rrggbb`.',
  examples: ['#3b82f6'],
})

export type Label = Static<typeof Label>
export const Label = Type.Object(
  {
    id: Type.String({ format: 'uuid', examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'] }),
    name: Type.String({ examples: ['Friends'] }),
    colour: nullable('`#rrggbb`, in lower case.', ['#3b82f6']),
    contacts: Type.Integer({
      description: 'How many contacts have it, those in the trash not counted.',
      examples: [12],
    }),
    created_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
  },
  { $id: 'Label', description: 'One of your labels. In vCards it is one of the CATEGORIES.' },
)

export type NewLabel = Static<typeof NewLabel>
export const NewLabel = Type.Object(
  { name, colour: Type.Optional(colour) },
  { $id: 'NewLabel', additionalProperties: false },
)

export type LabelPatch = Static<typeof LabelPatch>
export const LabelPatch = Type.Object(
  { name: Type.Optional(name), colour: Type.Optional(colour) },
  {
    $id: 'LabelPatch',
    additionalProperties: false,
    description: 'A JSON merge patch (RFC 7396): absent fields stay; null takes the colour away.',
  },
)

const ids = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ format: 'uuid' }), {
      maxItems: maxMembers,
      description,
      examples: [['01a20497-405b-7167-a9e2-939dbd06ad08']],
    }),
  )

export type LabelMembers = Static<typeof LabelMembers>
export const LabelMembers = Type.Object(
  {
    add: ids('Contacts that get the label.'),
    remove: ids('Contacts that lose it.'),
  },
  { $id: 'LabelMembers', additionalProperties: false },
)

export type LabelMembersChanged = Static<typeof LabelMembersChanged>
export const LabelMembersChanged = Type.Object(
  {
    added: Type.Integer({ description: 'Contacts that did not have it before.', examples: [2] }),
    removed: Type.Integer({ description: 'Contacts that had it before.', examples: [0] }),
    contacts: Type.Integer({ description: 'How many contacts have it now.', examples: [12] }),
  },
  { $id: 'LabelMembersChanged', description: 'What a change of many contacts did.' },
)

export const LabelPath = idPath('the label')

export const LabelDeletion = Type.Object(
  {
    contacts: Type.Unsafe<'keep' | 'trash'>({
      type: 'string',
      enum: ['keep', 'trash'],
      default: 'keep',
      description: '`trash` also moves its contacts to the trash.',
    }),
  },
  { additionalProperties: false },
)
