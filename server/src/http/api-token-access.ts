import type { FastifyRequest } from 'fastify'

/**
 * The `security` of an operation that API tokens open too. An operation without it is closed to them; the
 * guard of the routes reads the same declaration that the OpenAPI document shows.
 */
export const opensToTokens: Record<string, string[]>[] = [
  { password: [] },
  { bearer: [] },
  { api_token: [] },
]

/** Whether API tokens open the operation that is asked for. */
export function isOpenToTokens({ routeOptions }: FastifyRequest): boolean {
  const security = routeOptions.schema?.security ?? []
  return security.some((scheme) => 'api_token' in scheme)
}
