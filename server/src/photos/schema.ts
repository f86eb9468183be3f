import Type, { type Static } from 'typebox'
import { etagHeader } from '../contacts/schema.ts'
import { idPath } from '../http/schemas.ts'

/** Only for the document: a schema cannot check a picture. The picture alone is taken as well. */
export const PhotoForm = Type.Object({
  file: Type.String({
    format: 'binary',
    description: 'JPEG, PNG or WebP, up to 5 MB and 25 megapixels.',
  }),
})

export const PhotoPath = idPath('the contact')

export type PhotoQuery = Static<typeof PhotoQuery>
export const PhotoQuery = Type.Object(
  {
    size: Type.Unsafe<'96' | '512' | 'original'>({
      type: 'string',
      enum: ['96', '512', 'original'],
      default: '512',
      description:
        'In pixels: 96 is cut square, 512 fits into a square; both are WebP and never enlarged. ' +
        '`original` is what the card holds, to the octet.',
    }),
    v: Type.Optional(
      Type.String({
        maxLength: 64,
        description: 'As in the path that the contact has: its photo may then be kept for ever.',
      }),
    ),
  },
  { additionalProperties: false },
)

const octets = { schema: { type: 'string', format: 'binary', examples: ['RIFF…'] } }

export const PhotoAnswer = {
  description: 'The photo.',
  headers: {
    ...etagHeader,
    'Cache-Control': { type: 'string', description: 'A year with the right `v`, else no-cache.' },
  },
  content: {
    'image/webp': octets,
    'image/jpeg': octets,
    'image/png': octets,
    'image/gif': octets,
    'image/bmp': octets,
    'image/tiff': octets,
    'application/octet-stream': octets,
  },
}
