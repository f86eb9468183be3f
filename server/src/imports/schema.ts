import Type, { type Static } from 'typebox'
import { idPath, nullable, ref } from '../http/schemas.ts'
import { previewSize } from './preview-size.ts'
import { refusalCodes } from './remarks/refused.ts'
import { remark, remarkCodes, type Remark } from './remarks/remark.ts'

const states = ['waiting', 'running', 'done', 'failed', 'undoing', 'undone'] as const
const outcomes = ['created', 'updated', 'same', 'failed'] as const

const oneOf = <T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], description, examples: [values[0]] })
const count = (description: string, example: number) =>
  Type.Integer({ description, examples: [example] })
const uuid = Type.String({ format: 'uuid', examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'] })
const time = (description: string) =>
  Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description,
    examples: ['2026-11-22T18:40:00.000Z'],
  })

const example = remark('card_at_line_too_large', { line: 11, mebibytes: 1 })

export const ImportRemark = Type.Object(
  {
    code: Type.Unsafe<Remark['code']>({
      type: 'string',
      enum: [...remarkCodes, ...refusalCodes],
      description:
        'What it is about, for programs: a code keeps its meaning, and its values keep their names. New ones ' +
        'may be added.',
      examples: [example.code],
    }),
    detail: Type.String({
      description: 'One English sentence, for people; it may change.',
      examples: [example.detail],
    }),
    values: Type.Unsafe<Remark['values']>({
      type: 'object',
      additionalProperties: {
        anyOf: [
          { type: 'string' },
          { type: 'integer' },
          { type: 'array', items: { type: 'string' } },
        ],
      },
      description: 'What the sentence holds beside its words, by name; empty for most codes.',
      examples: [example.values],
    }),
  },
  { $id: 'ImportRemark', description: 'Something to tell of an entry, or of a whole import.' },
)

const remarks = (description: string) =>
  Type.Array(ref(ImportRemark), { description, examples: [[example]] })

export type ImportRemark = Static<typeof ImportRemark>

export type Import = Static<typeof Import>
export const Import = Type.Object(
  {
    id: uuid,
    state: oneOf(
      states,
      '`failed` says why in `reason`; what was imported until then is there. `undoing` becomes ' +
        '`undone`.',
    ),
    dry_run: Type.Boolean({ description: 'A preview: nothing was written.', examples: [false] }),
    format: oneOf(
      ['vcf', 'csv', 'json', 'zip'],
      'What the file turned out to be; `json` and `zip` are what Kith exported.',
    ),
    file_name: Type.String({ examples: ['contacts.vcf'] }),
    octets: count('The size of the file.', 51_200),
    charset: nullable(
      'The character set that the file was read in, where it is not UTF-8 or UTF-16: the one that ' +
        'was stated, else a guess. If it is wrong, undo the import, and state the right one.',
      ['windows-1252'],
    ),
    unknown_columns: Type.Array(Type.String(), {
      description: 'The columns of a CSV file that mean nothing to us: they become custom fields.',
      examples: [['Shoe size']],
    }),
    warning: nullable('What you should look at before you import the file, in a sentence.', [
      'No contact of the file would have a name.',
    ]),
    entries: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'How many there are in the file; null until they are counted.',
      examples: [320],
    }),
    done: count('How many of them are done.', 320),
    progress: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'From 0 to 1.',
      examples: [1],
    }),
    created: count('Contacts that are new.', 300),
    updated: count('Contacts that were there, and of which the file says something new.', 10),
    same: count('Entries that say nothing new.', 8),
    failed: count('Entries that could not be imported.', 2),
    kept: count('After undoing: contacts that stayed, since they had been changed meanwhile.', 0),
    reason: nullable('Why it failed, in a sentence.', [
      'The file has more than 100000 entries. Split it, and import its parts.',
    ]),
    remarks: remarks(
      'What `warning` and `reason` say, with codes. Empty for what an older version of the server has written.',
    ),
    created_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
    started_at: time('null while it waits.'),
    finished_at: time('null until it has come to its end.'),
  },
  { $id: 'Import', description: 'A file of contacts, and what became of it.' },
)

export type ImportEntry = Static<typeof ImportEntry>
export const ImportEntry = Type.Object(
  {
    number: count('Its place in the file, counted from 1.', 17),
    outcome: oneOf(
      outcomes,
      'A `created` one is listed only where there is something to tell, or among the first ' +
        `${previewSize} entries of a preview.`,
    ),
    name: nullable('How to find it in the file.', ['Ada Lovelace']),
    reason: nullable('What there is to tell: why it failed, for one.', [example.detail]),
    remarks: remarks(
      'What `reason` says, each of its sentences with a code. Empty for what an older version of the server has ' +
        'written.',
    ),
    contact_id: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'The contact that it is of.',
      examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'],
    }),
  },
  { $id: 'ImportEntry', description: 'An entry that was not just added as a new contact.' },
)

export const ImportPath = idPath('the import')

export const ImportQuery = Type.Object(
  {
    dry_run: Type.Boolean({
      default: false,
      description: 'Tell what would happen, and write nothing.',
    }),
    charset: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 40,
        description:
          'The character set of the file. Without it, the `charset` of the part’s Content-Type ' +
          'counts; without that, UTF-8 and UTF-16 are recognised, and others are guessed.',
        examples: ['windows-1250'],
      }),
    ),
  },
  { additionalProperties: false },
)

export type EntriesQuery = Static<typeof EntriesQuery>
export const EntriesQuery = Type.Object(
  {
    outcome: Type.Optional(
      Type.Unsafe<(typeof outcomes)[number]>({
        type: 'string',
        enum: [...outcomes],
        description: 'Only entries of which this became.',
      }),
    ),
    remarked: Type.Boolean({
      default: false,
      description: 'Only entries that did not fail and of which there is something to tell.',
    }),
    after: Type.Integer({
      minimum: 0,
      maximum: 2_000_000_000,
      default: 0,
      description: 'The number of the last entry already seen.',
    }),
    limit: Type.Integer({
      minimum: 1,
      maximum: 1_000,
      default: 100,
      description: 'How many at the most.',
    }),
  },
  { additionalProperties: false },
)

export const ImportForm = Type.Object({
  file: Type.String({
    format: 'binary',
    description:
      'vCards (2.1, 3.0 and 4.0, also mixed), CSV of Google, Outlook, Apple, Thunderbird or ours, or ' +
      'what Kith exported, here or elsewhere: contacts as JSON, or the ZIP archive of an account. Up ' +
      'to 50 MB and 100,000 entries. It is recognised by its content.',
  }),
})
