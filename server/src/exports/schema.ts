import Type, { type Static } from 'typebox'
import { ContactAnswer } from '../contacts/schema.ts'
import { nullable } from '../http/schemas.ts'

/** The formats of an export, and their media types. */
export const mediaTypes = {
  vcf: 'text/vcard; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

export type ExportFormat = keyof typeof mediaTypes

const version = Type.Unsafe<'3.0' | '4.0'>({
  type: 'string',
  enum: ['3.0', '4.0'],
  default: '3.0',
  description: 'Of the vCards. One that came in as this, and was not edited, is the same file.',
})
const label = Type.Optional(
  Type.String({ format: 'uuid', description: 'Only contacts with this label, by its id.' }),
)
const closed = { additionalProperties: false }

export const CardsQuery = Type.Object({ version, label }, closed)
export const TableQuery = Type.Object({ label }, closed)

export type ExportQuery = Static<typeof ExportQuery>
export const ExportQuery = Type.Object(
  {
    format: Type.Unsafe<ExportFormat>({
      type: 'string',
      enum: Object.keys(mediaTypes),
      default: 'vcf',
      description:
        '`json` has all fields of each contact, the names and colours of its labels, and the vCard ' +
        'that it came in. Each can be imported again.',
    }),
    version,
    label,
  },
  closed,
)

export const ExportedContact = Type.Object(
  {
    ...ContactAnswer.properties,
    uid: Type.String({
      description: 'The UID of its vCard.',
      examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'],
    }),
    labels: Type.Array(Type.String(), {
      description: 'The names of the labels on it.',
      examples: [['Friends']],
    }),
    label_colours: Type.Array(nullable('', ['#3b82f6']), {
      description: 'Their colours, in the same order.',
      examples: [['#3b82f6']],
    }),
    card: nullable('The vCard that it came in, to the octet; null where there is none.', [null]),
  },
  { $id: 'ExportedContact', description: 'A contact in the export as JSON.' },
)
