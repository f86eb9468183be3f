import { STATUS_CODES } from 'node:http'
import Type, { type Static } from 'typebox'
import { exampleToken } from '../changes/schema.ts'
import { ContactPatch, NewContact } from '../contacts/body-schema.ts'
import { ContactAnswer } from '../contacts/schema.ts'
import { Problem } from '../http/problem-responses.ts'
import { nullable, ref } from '../http/schemas.ts'

export const maxOperations = 500

const exampleOpIds = [
  '01a20499-7c1e-7a52-9c0b-3f1d2e4c5b6a',
  '01a20499-7c1e-7a53-8d4e-6b2f9a1c0e57',
  '01a20499-7c1e-7a54-b3f0-15c8d7e2a946',
  '01a20499-7c1e-7a55-a61b-c09e4f7d3b28',
] as const
const exampleIds = [
  '01a20497-405b-7167-a9e2-939dbd06ad08',
  '01a20497-6d2f-7b90-8c13-2e5a7f4b9d01',
  '01a20497-91e4-7c38-9f6d-84b0c3a5e712',
] as const
const exampleContact = Object.fromEntries(
  Object.entries(ContactAnswer.properties).map(([name, schema]) => [name, exampleOf(schema)]),
)

function exampleOf(schema: object): unknown {
  return 'examples' in schema && Array.isArray(schema.examples) ? schema.examples[0] : []
}

function problemExample(code: string, status: number, detail: string) {
  const title = STATUS_CODES[status]
  const instance = 'dTGxX1lCINAlRxlUCaAf'
  return { type: 'about:blank', title, status, detail, instance, code }
}

const op_id = Type.String({
  format: 'uuid',
  description: 'Your name for this operation, under which it may be sent again within 7 days.',
  examples: [exampleOpIds[0]],
})
const id = Type.String({ format: 'uuid', description: 'The id of the contact.' })
const if_revision = Type.Optional(
  Type.String({
    maxLength: 64,
    description: 'Write only if this still is the `revision` of the contact.',
    examples: ['m42'],
  }),
)
const closed = { additionalProperties: false }

export type BatchCreate = Static<typeof BatchCreate>
export const BatchCreate = Type.Object(
  {
    operation: Type.Literal('create'),
    op_id,
    id: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'A UUIDv7 that you made for the contact; else we make one.',
        examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'],
      }),
    ),
    contact: ref(NewContact),
  },
  { ...closed, $id: 'BatchCreate', description: 'Adds a contact.' },
)

export type BatchPatch = Static<typeof BatchPatch>
export const BatchPatch = Type.Object(
  { operation: Type.Literal('patch'), op_id, id, patch: ref(ContactPatch), if_revision },
  { ...closed, $id: 'BatchPatch', description: 'Changes some fields of a contact.' },
)

export type BatchDelete = Static<typeof BatchDelete>
export const BatchDelete = Type.Object(
  { operation: Type.Literal('delete'), op_id, id, if_revision },
  { ...closed, $id: 'BatchDelete', description: 'Moves a contact to the trash.' },
)

export type BatchRestore = Static<typeof BatchRestore>
export const BatchRestore = Type.Object(
  { operation: Type.Literal('restore'), op_id, id },
  { ...closed, $id: 'BatchRestore', description: 'Brings a contact back from the trash.' },
)

/** The schema of each kind of operation. */
export const operationSchemas = {
  create: BatchCreate,
  patch: BatchPatch,
  delete: BatchDelete,
  restore: BatchRestore,
}

export const Batch = Type.Object(
  {
    operations: Type.Array(
      Type.Union([ref(BatchCreate), ref(BatchPatch), ref(BatchDelete), ref(BatchRestore)]),
      {
        minItems: 1,
        maxItems: maxOperations,
        description: 'They are carried out in this order.',
        examples: [
          [
            {
              operation: 'create',
              op_id: exampleOpIds[0],
              contact: { first_name: 'Ada', last_name: 'Lovelace' },
            },
            {
              operation: 'patch',
              op_id: exampleOpIds[1],
              id: exampleIds[0],
              patch: { nickname: 'Countess' },
              if_revision: 'm42',
            },
            { operation: 'delete', op_id: exampleOpIds[2], id: exampleIds[1] },
            { operation: 'restore', op_id: exampleOpIds[3], id: exampleIds[2] },
          ],
        ],
      },
    ),
  },
  { ...closed, $id: 'Batch', description: 'Operations on your contacts.' },
)

export const BatchResult = Type.Object(
  {
    op_id: nullable(
      'Of the operation; as it was sent if that is a text, else null, where it is no UUID.',
      [exampleOpIds[0]],
    ),
    status: Type.Integer({
      description: 'What the call for this one operation would have answered.',
      examples: [201],
    }),
    contact: Type.Optional(ref(ContactAnswer)),
    error: Type.Optional(ref(Problem)),
  },
  {
    $id: 'BatchResult',
    description:
      'What became of one operation: the contact as it was left by it, or the error. With `stale`, ' +
      'the contact as it is. Pointers of errors start at the operation.',
  },
)

export const BatchAnswer = Type.Object(
  {
    results: Type.Array(ref(BatchResult), {
      examples: [
        [
          { op_id: exampleOpIds[0], status: 201, contact: exampleContact },
          {
            op_id: exampleOpIds[1],
            status: 412,
            error: problemExample('stale', 412, 'The contact has changed since you read it.'),
            contact: { ...exampleContact, id: exampleIds[0], revision: 'm57' },
          },
          { op_id: exampleOpIds[2], status: 204 },
          {
            op_id: exampleOpIds[3],
            status: 404,
            error: problemExample('not_found', 404, 'There is no such contact.'),
          },
        ],
      ],
      description: 'One for each operation, in their order.',
    }),
    next: Type.String({
      description: 'The token of `GET /api/changes` behind these operations.',
      examples: [exampleToken],
    }),
  },
  { $id: 'BatchAnswer', description: 'What became of each operation.' },
)
