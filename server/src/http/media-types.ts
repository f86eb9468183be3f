import { AppError } from '../errors.ts'

type Accepting = { consumes?: readonly string[]; body?: unknown } | undefined

/** The media types that a route takes as its body, as its schema says. */
export function acceptedTypes(schema: Accepting): readonly string[] {
  if (!schema?.body) return []
  const { content } = schema.body as { content?: object }
  return schema.consumes ?? (content ? Object.keys(content) : ['application/json'])
}

/** The refusal of a body of another media type than these. */
export function wrongMediaType(accepted: readonly string[]): AppError {
  const detail =
    accepted.length > 0 ? `This call takes ${accepted.join(' or ')}.` : 'This call takes no body.'
  return new AppError('unsupported', 'unsupported_media_type', detail)
}
