import { STATUS_CODES } from 'node:http'
import Type from 'typebox'
import { problemCodes, type ProblemCode } from './problem-codes.ts'
import { ref } from './schemas.ts'

/** A problem document (RFC 9457). */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'Always `about:blank`: `code` says which problem it is.',
      examples: ['about:blank'],
    }),
    title: Type.String({ description: "The status's name.", examples: ['Unprocessable Entity'] }),
    status: Type.Integer({ examples: [422] }),
    detail: Type.String({
      description: 'One English sentence, for people; it may change.',
      examples: ['The request is not valid.'],
    }),
    instance: Type.String({ description: 'The request id, as it stands in the log.' }),
    code: Type.Unsafe<ProblemCode>({
      type: 'string',
      enum: [...new Set(problemCodes.map(({ code }) => code))],
      description:
        'Which problem it is, for programs: a code keeps its meaning. New ones may be added.',
      examples: ['validation_failed'],
    }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON pointer (RFC 6901).', examples: ['/email'] }),
          detail: Type.String({ examples: ['is required.'] }),
        }),
        { description: 'In a 422: the refused fields.' },
      ),
    ),
  },
  { $id: 'Problem', description: 'What went wrong (RFC 9457).' },
)

/** What a call may answer that needs a login. App passwords open none of them, API tokens some. */
export const needsLogin = ['not_authenticated', 'invalid_token', 'token_not_allowed'] as const
/** The same of a call that opens to API tokens and changes something. */
export const writesByToken = [...needsLogin, 'read_only_token'] as const
/** What a call may answer to JSON that is none. */
const brokenJson = ['malformed_json', 'too_deep'] as const
/** What a call may answer that takes JSON, or a POST that takes no body but is sent one. */
export const takesJson = [
  'malformed_request',
  ...brokenJson,
  'too_large',
  'unsupported_media_type',
  'compressed_body',
  'validation_failed',
] as const
/** What a call that takes a form with a file may answer, also where JSON comes instead. */
export const takesFile = [
  'malformed_request',
  ...brokenJson,
  'malformed_multipart',
  'too_large',
  'unsupported_media_type',
  'compressed_body',
  'validation_failed',
] as const
/** What every call that asks the database may answer. */
const unavailable = ['database_away', 'too_slow', 'overloaded'] as const

/** What most calls may answer. */
const usual: ReadonlySet<string> = new Set([
  ...needsLogin,
  ...takesJson,
  'not_found',
  'rate_limited',
  ...unavailable,
])

/** The media type of problem documents. */
export const problemType = 'application/problem+json'

const retryAfter = { 'Retry-After': { type: 'integer', description: 'Seconds to wait.' } }

/** What each status means, and the headers that come with it. */
const statuses: Record<number, { description: string; headers?: object }> = {
  400: { description: 'The request could not be read' },
  401: {
    description: 'Not logged in, or no longer',
    headers: { 'WWW-Authenticate': { type: 'string', description: 'Bearer (RFC 6750).' } },
  },
  403: { description: 'Not allowed' },
  404: { description: 'Not there, or not yours' },
  409: { description: 'In conflict with what is there' },
  410: { description: 'Not good any more: begin again' },
  412: { description: 'Changed by somebody else since you read it' },
  413: { description: 'Too large' },
  415: { description: 'The media type or the encoding of the body is not accepted here' },
  422: { description: 'A field is not valid' },
  429: { description: 'Too many requests', headers: retryAfter },
  502: { description: 'A service behind this one failed' },
  503: { description: 'Busy, stopping, or the database is away', headers: retryAfter },
  504: { description: 'A service behind this one did not answer in time' },
}

/** The error answers of a call by the codes that it may give; those that every call may give too. */
export function problems(...codes: ProblemCode[]) {
  return problemsOf(...codes, 'rate_limited', ...unavailable)
}

/** The same of a call without a limit, which may ask the database. */
export function unlimitedProblems(...codes: ProblemCode[]) {
  return problemsOf(...codes, ...unavailable)
}

/** The same of a call with nothing in common with others. */
export function problemsOf(...codes: ProblemCode[]) {
  const listed = problemCodes.filter(({ code }) => codes.includes(code))
  const byStatus = Map.groupBy(listed, ({ status }) => status)
  return Object.fromEntries(Array.from(byStatus, ([status, group]) => [status, responseOf(group)]))
}

/**
 * The name of the error answer with these codes, all of one status: the title of the status for the
 * usual ones, and the others by themselves.
 */
export function nameOfProblems(codes: readonly string[]): string {
  const { status } = problemCodes.find(({ code }) => code === codes[0]) ?? { status: 500 }
  const expected = problemCodes.filter((one) => one.status === status && usual.has(one.code))
  const hasUsual = expected.length > 0 && expected.every(({ code }) => codes.includes(code))
  const others = codes.filter((code) => !hasUsual || !usual.has(code))
  const names = [...(hasUsual ? [STATUS_CODES[status] ?? ''] : []), ...others.map(toWords)]
  return names.join(' Or ').replaceAll(' ', '')
}

function toWords(code: string): string {
  return code.replaceAll(/(?:^|_)([a-z])/g, (_all, letter: string) => ` ${letter.toUpperCase()}`)
}

function responseOf(group: typeof problemCodes) {
  const [{ status } = { status: 500 }] = group
  const codes = group.map(({ code }) => code)
  const known = { type: 'object', properties: { code: { enum: codes } }, required: ['code'] }
  const { description = '', headers } = statuses[status] ?? {}
  return {
    description: `${description}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    ...(headers && { headers }),
    content: {
      [problemType]: {
        schema: { allOf: [ref(Problem), known] },
        examples: Object.fromEntries(group.map((one) => [one.code, { value: exampleOf(one) }])),
      },
    },
  }
}

function exampleOf({ status, code, detail }: (typeof problemCodes)[number]) {
  const isField = code === 'validation_failed'
  return {
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail,
    instance: 'dTGxX1lCINAlRxlUCaAf',
    code,
    ...(isField && { errors: [{ pointer: '/email', detail: 'is required.' }] }),
  }
}
