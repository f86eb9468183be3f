import type { Readable } from 'node:stream'
import Type, { type Static, type TSchema } from 'typebox'

/** A reference to a named schema, which the OpenAPI document then holds once. */
export function ref<T extends TSchema>(schema: T) {
  return Type.Unsafe<Static<T>>({ $ref: `${(schema as { $id?: string }).$id}#` })
}

/** The path parameters of a resource that has an id. */
export function idPath(whose: string) {
  return Type.Object({ id: Type.String({ format: 'uuid', description: `The id of ${whose}.` }) })
}

/** A string or null. Answers always have the member, so that clients need not check for it. */
export function nullable(description: string, examples: (string | null)[]) {
  const schema = { type: ['string', 'null'], examples, ...(description && { description }) }
  return Type.Unsafe<string | null>(schema)
}

export const Problem = Type.Object(
  {
    type: Type.String({ examples: ['about:blank'] }),
    title: Type.String({ description: "The status's name.", examples: ['Unprocessable Entity'] }),
    status: Type.Integer({ examples: [422] }),
    detail: Type.String({
      description: 'One English sentence.',
      examples: ['The request is not valid.'],
    }),
    instance: Type.String({ description: 'The request id, as it stands in the log.' }),
    code: Type.String({ description: 'Stable, for programs.', examples: ['validation_failed'] }),
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

type Documented = {
  description: string
  title: string
  detail: string
  code: string
  errors?: object[]
  headers?: object
}

const retryAfter = { 'Retry-After': { type: 'integer', description: 'Seconds to wait.' } }

const documented = {
  400: {
    description: 'The request could not be read',
    title: 'Bad Request',
    detail: 'The body is not valid JSON.',
    code: 'malformed_json',
  },
  401: {
    description: 'Not logged in, or no longer',
    title: 'Unauthorized',
    detail: 'Could not validate credentials',
    code: 'invalid_token',
    headers: { 'WWW-Authenticate': { type: 'string', description: 'Bearer (RFC 6750).' } },
  },
  403: {
    description: 'Not allowed, as when a password is wrong',
    title: 'Forbidden',
    detail: 'The password is wrong.',
    code: 'wrong_password',
  },
  404: {
    description: 'Not there, or not yours',
    title: 'Not Found',
    detail: 'There is no such contact.',
    code: 'not_found',
  },
  409: {
    description: 'Already there',
    title: 'Conflict',
    detail: 'Account already exists',
    code: 'account_exists',
  },
  412: {
    description: 'Changed by somebody else since you read it',
    title: 'Precondition Failed',
    detail: 'The contact has changed since you read it.',
    code: 'stale',
  },
  413: {
    description: 'The body is too large',
    title: 'Payload Too Large',
    detail: 'The request body is too large.',
    code: 'too_large',
  },
  415: {
    description: 'The content type is not accepted here',
    title: 'Unsupported Media Type',
    detail: 'This content type is not accepted here.',
    code: 'unsupported_media_type',
  },
  422: {
    description: 'A field is not valid',
    title: 'Unprocessable Entity',
    detail: 'The request is not valid: email: is required.',
    code: 'validation_failed',
    errors: [{ pointer: '/email', detail: 'is required.' }],
  },
  429: {
    description: 'Too many requests',
    title: 'Too Many Requests',
    detail: 'Too many requests. Wait 6 s.',
    code: 'rate_limited',
    headers: {
      ...retryAfter,
      RateLimit: { type: 'string', description: 'r: places left; t: seconds until the next.' },
      'RateLimit-Policy': { type: 'string', description: 'q: places in any w seconds.' },
    },
  },
  502: {
    description: 'A service behind this one failed',
    title: 'Bad Gateway',
    detail: 'The picture could not be stored. Try again later.',
    code: 'avatar_storage_failed',
  },
  503: {
    description: 'Busy, or the database is away',
    title: 'Service Unavailable',
    detail: 'The database does not answer. Try again soon.',
    code: 'database_away',
    headers: retryAfter,
  },
  504: {
    description: 'A service behind this one did not answer in time',
    title: 'Gateway Timeout',
    detail: 'The picture could not be stored in time. Try again later.',
    code: 'avatar_storage_silent',
  },
} satisfies Record<number, Documented>

type ProblemStatus = keyof typeof documented
const everywhere: ProblemStatus[] = [429, 503]

/** The error answers of a route, for its `response`; 429 and 503 are always among them. */
export function problems(...statuses: ProblemStatus[]) {
  return Object.fromEntries(
    [...statuses, ...everywhere].map((status) => {
      const { description, headers, title, detail, ...more }: Documented = documented[status]
      const instance = 'dTGxX1lCINAlRxlUCaAf'
      const value = { type: 'about:blank', title, status, detail, instance, ...more }
      return [
        status,
        {
          description,
          ...(headers && { headers }),
          content: { 'application/problem+json': { schema: ref(Problem), example: value } },
        },
      ]
    }),
  )
}

export const Message = Type.Object({ message: Type.String() }, { $id: 'Message' })

/** The answer of a call that has nothing to send but one sentence. */
export function messageResponse(message: string, description: string) {
  const content = { 'application/json': { schema: ref(Message), example: { message } } }
  return { description, content }
}

/** An answer without a body. */
export function noContent(description: string) {
  return { 204: Type.Null({ description }) }
}

/** The answer to a conditional read whose `If-None-Match` names the current tag. */
export const notModified = {
  304: Type.Null({ description: 'Not changed since the tag in If-None-Match.' }),
}

/** The header that leads to the next page of a list. */
export const nextPageHeader = {
  Link: { type: 'string', description: 'The next page, as rel="next"; absent on the last.' },
}

/** A streamed answer. Fastify does not serialise it, so that this is only for the document. */
export function streamed(example: string) {
  return Type.Unsafe<Readable>({ type: 'string', examples: [example] })
}
