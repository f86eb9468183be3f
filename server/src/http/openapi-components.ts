import { isDeepStrictEqual } from 'node:util'
import {
  isReference,
  operationsOf,
  type Document,
  type Operation,
  type Parameter,
  type Reference,
  type Response,
} from './openapi-document.ts'
import { nameOfProblems, problemType } from './problem-responses.ts'

type Kind = 'responses' | 'parameters' | 'headers'

const limitHeaders = {
  RateLimit: {
    schema: { type: 'string', examples: ['"contacts";r=299;t=60'] },
    description:
      'r: places left; t: seconds until the next. On every answer of a call with a limit, unless ' +
      'the server has its limits off.',
  },
  'RateLimit-Policy': {
    schema: { type: 'string', examples: ['"contacts";q=300;w=60'] },
    description: 'q: places in any w seconds. On the same answers.',
  },
}

/**
 * Moves what several operations have in common into the components of a document: error answers,
 * headers and parameters.
 */
export function shareComponents(document: Document): void {
  const components = (document.components ??= {})
  const operations = operationsOf(document)
  const isRepeated = findRepeated(operations.flatMap(({ operation }) => operation.parameters ?? []))

  function share<Part extends object>(kind: Kind, name: string, part: Part): Part | Reference {
    const parts: Record<string, object> = (components[kind] ??= {})
    parts[name] ??= part
    const isSame = isDeepStrictEqual(parts[name], part)
    return isSame ? { $ref: `#/components/${kind}/${name}` } : part
  }
  function shareHeaders({ headers = {} }: Response): void {
    for (const [name, header] of Object.entries(headers)) {
      headers[name] = share('headers', name, header)
    }
  }
  function shareProblem(response: Response): Response | Reference {
    const codes = codesOf(response)
    return codes ? share('responses', nameOfProblems(codes), response) : response
  }

  for (const { path, operation } of operations) {
    const { responses = {}, parameters } = operation
    if ('429' in responses) addLimitHeaders(operation)
    for (const [status, response] of Object.entries(responses)) {
      if (isReference(response)) continue
      shareHeaders(response)
      responses[status] = shareProblem(response)
    }
    if (!parameters) continue
    operation.parameters = parameters.map((parameter) =>
      !isReference(parameter) && isRepeated(parameter)
        ? share('parameters', parameterName(path, parameter), parameter)
        : parameter,
    )
  }
}

/** Those of answers that come behind the limit: others tell of a request that was refused before. */
function addLimitHeaders({ responses = {} }: Operation): void {
  for (const [status, response] of Object.entries(responses)) {
    const isBehind = Number(status) < 400 || status === '429'
    if (isReference(response) || !isBehind) continue
    response.headers = { ...response.headers, ...structuredClone(limitHeaders) }
  }
}

function codesOf({ content }: Response): string[] | undefined {
  const { allOf = [] } = (content?.[problemType]?.schema ?? {}) as { allOf?: KnownCodes[] }
  return allOf.at(-1)?.properties?.code.enum
}

type KnownCodes = { properties?: { code: { enum: string[] } } }

function findRepeated(parameters: object[]): (parameter: object) => boolean {
  const counts = new Map<string, number>()
  for (const parameter of parameters) {
    const key = JSON.stringify(parameter)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return (parameter) => (counts.get(JSON.stringify(parameter)) ?? 0) > 1
}

/** An id is named after what it is an id of, as the path says. */
function parameterName(path: string, { name, in: place }: Parameter): string {
  const [, owner = ''] = new RegExp(`/(\\w+?)s?/\\{${name}\\}`).exec(path) ?? []
  const words = place === 'path' ? [owner, name] : name.split(/[-_]/)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
