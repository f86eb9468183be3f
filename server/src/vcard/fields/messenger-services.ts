import { knownMessenger, knownMessengers } from '../../book/known-messengers.ts'

/** The service of each property that is older than IMPP (RFC 4770). */
export const serviceProperties: ReadonlyMap<string, string> = new Map(
  [...knownMessengers].flatMap(([service, { properties = [] }]) =>
    properties.map((name): [string, string] => [name, service]),
  ),
)

/** A service as contacts hold it, without quotes: a parameter cannot hold them (RFC 6350, 3.3). */
export function canonicalService(text: string | null): string | null {
  const service =
    text
      ?.toWellFormed()
      .replaceAll(/["\p{Cc}]+/gu, ' ')
      .trim() || null
  return service === null ? null : (knownMessenger(service) ?? service)
}

/** The name and the scheme with which IMPP writes a service. */
export function imppFormOf(service: string): { name: string; scheme: string } {
  return knownMessengers.get(service) ?? { name: service, scheme: 'x-apple' }
}
