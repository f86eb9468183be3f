import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import type { ProblemCode } from './problem-codes.ts'
import { problemsOf, problemType, takesJson } from './problem-responses.ts'

/** Documents what calls answer to a request that is broken before they see it. */
export function documentRefusals(app: FastifyInstance) {
  app.addHook('onRoute', (route) => {
    const { schema } = route
    if (!schema?.operationId) return
    route.schema = { ...schema, response: withProblems(schema.response, brokenCodes(route)) }
  })
}

function brokenCodes(route: RouteOptions): ProblemCode[] {
  const { params, querystring } = route.schema ?? {}
  return [
    'compressed_body',
    // A path or a query that does not decode, or not as the schema says.
    ...(params || querystring ? (['malformed_request', 'validation_failed'] as const) : []),
    ...(mayBeSentBody(route) ? takesJson : []),
  ]
}

/** Whether JSON is parsed that nobody asks for. */
function mayBeSentBody({ method, schema, url }: RouteOptions): boolean {
  if (!url.startsWith('/api/')) return false
  return method !== 'GET' && method !== 'HEAD' && !schema?.body && !schema?.consumes
}

type Documented = { content?: Record<string, { examples?: object }> }

function withProblems(response: FastifySchema['response'], codes: readonly ProblemCode[]) {
  const documented = response as Record<string, Documented>
  const added = Object.entries(problemsOf(...codes)).map(([status, problem]) => {
    const all = [...codesOf(documented[status]), ...codesOf(problem)]
    return [status, problemsOf(...all)[status]]
  })
  return { ...documented, ...Object.fromEntries(added) }
}

function codesOf(response: Documented | undefined): ProblemCode[] {
  return Object.keys(response?.content?.[problemType]?.examples ?? {}) as ProblemCode[]
}
