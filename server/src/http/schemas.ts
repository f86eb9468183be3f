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
  304: Type.Unsafe<undefined>(
    Type.Null({ description: 'Not changed since the tag in If-None-Match.' }),
  ),
}

/** The header that leads to the next page of a list. */
export const nextPageHeader = {
  Link: { type: 'string', description: 'The next page, as rel="next"; absent on the last.' },
}

/** The header that counts a list. */
export const totalCountHeader = {
  'X-Total-Count': { type: 'integer', description: 'How many there are on all pages.' },
}

/** A streamed answer. Fastify does not serialise it, so that this is only for the document. */
export function streamed(example: string) {
  return Type.Unsafe<Readable>({ type: 'string', examples: [example] })
}
