import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import Type from 'typebox'
import type { ProblemCode } from './problem-codes.ts'
import { problemsOf, problemType, takesJson } from './problem-responses.ts'

const noParameters = Type.Object({}, { additionalProperties: false })

/**
 * Lets no documented call ignore a parameter that it does not declare, and documents what is answered to
 * that, and to a broken body of a call that takes none.
 */
export function refuseUndeclared(app: FastifyInstance) {
  app.addHook('onRoute', (route) => {
    const { schema, url } = route
    if (!schema?.operationId || !url.startsWith('/api/')) return
    const isStrict = !schema.querystring && !isOpenedByOthers(route)
    const codes: ProblemCode[] = [
      ...(isStrict ? (['validation_failed'] as const) : []),
      ...(mayBeSentBody(route) ? takesJson : []),
    ]
    route.schema = {
      ...schema,
      ...(isStrict && { querystring: noParameters }),
      response: withProblems(schema.response, codes),
    }
  })
}

/** Links in mails, pictures and calendars, to which other programs add parameters of theirs. */
function isOpenedByOthers({ method, schema }: RouteOptions): boolean {
  return method === 'GET' && schema?.security?.length === 0
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
