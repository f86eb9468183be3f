import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import type { ProblemCode } from './problem-codes.ts'
import { problemsOf, problemType, takesJson } from './problem-responses.ts'

/** Documents what calls that take no body answer to a broken one. */
export function documentBrokenBodies(app: FastifyInstance) {
  app.addHook('onRoute', (route) => {
    const { schema, url } = route
    if (!schema?.operationId || !url.startsWith('/api/') || !mayBeSentBody(route)) return
    route.schema = { ...schema, response: withProblems(schema.response, takesJson) }
  })
}

/** Whether JSON is parsed that nobody asks for. */
function mayBeSentBody({ method, schema }: RouteOptions): boolean {
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
