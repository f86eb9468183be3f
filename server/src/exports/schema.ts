import Type from 'typebox'

/** The formats of an export, and their media types. */
export const mediaTypes = {
  vcf: 'text/vcard; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

export const ExportQuery = Type.Object(
  {
    format: Type.Unsafe<keyof typeof mediaTypes>({
      type: 'string',
      enum: Object.keys(mediaTypes),
      default: 'vcf',
      description:
        '`json` has all fields of each contact, the names and colours of its labels, and the vCard ' +
        'that it came in. Each can be imported again.',
    }),
    version: Type.Unsafe<'3.0' | '4.0'>({
      type: 'string',
      enum: ['3.0', '4.0'],
      default: '3.0',
      description: 'Of the vCards. One that came in as this, and was not edited, is the same file.',
    }),
    label: Type.Optional(
      Type.String({ format: 'uuid', description: 'Only contacts with this label.' }),
    ),
  },
  { additionalProperties: false },
)
