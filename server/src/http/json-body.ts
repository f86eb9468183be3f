import type { FastifyInstance, FastifyRequest } from 'fastify'
import secureJsonParse from 'secure-json-parse'
import { AppError, invalidField } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How many members the JSON of a body may have, of all its objects and arrays together. */
    maxMembers?: number
  }
}

const maxDepth = 32
const usualMembers = 5_000
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Accepts JSON bodies, and JSON merge patches (RFC 7396) as the JSON they are. */
export function acceptJson(app: FastifyInstance) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    async ({ headers, routeOptions }: FastifyRequest, bytes: Buffer) => {
      requireUtf8(headers['content-type'] ?? '')
      return parseJson(bytes, routeOptions.config.maxMembers)
    },
  )
}

/** What says that it is in another character set would be read as other text than was meant. */
function requireUtf8(contentType: string) {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType)?.[1]
  if (charset === undefined || /^utf-?8$/i.test(charset)) return
  throw new AppError('unsupported', 'unsupported_media_type', 'This call takes JSON in UTF-8.')
}

/**
 * Parses JSON that a stranger wrote, in UTF-8 as RFC 8259 (8.1) asks.
 * @throws AppError `malformed` for what is no JSON, nests deeper than 32, or names `__proto__`;
 *   `invalid` for more than `maxMembers` members
 */
export function parseJson(bytes: Buffer, maxMembers = usualMembers): unknown {
  if (bytes.length === 0) return undefined
  const text = decode(bytes)
  refuseExcess(text, maxMembers)
  try {
    return secureJsonParse(text, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    throw notJson()
  }
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    // Anything milder would store other characters than were sent.
    throw notJson()
  }
}

function notJson(): AppError {
  return new AppError('malformed', 'malformed_json', 'The body is not valid JSON.')
}

/** Counts brackets and commas outside strings: cheaper than building what would only be refused. */
function refuseExcess(text: string, maxMembers: number) {
  let depth = 0
  let members = 1
  let isInString = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index]
    if (isInString) {
      if (char === '\\') index++
      else if (char === '"') isInString = false
    } else if (char === '"') isInString = true
    else if (char === ',') members++
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
    if (depth > maxDepth) {
      throw new AppError('malformed', 'too_deep', 'The JSON is nested too deeply.')
    }
    if (members > maxMembers) throw invalidField('', 'has too many members.')
  }
}
