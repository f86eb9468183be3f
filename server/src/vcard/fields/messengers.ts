import { knownMessenger, knownMessengers } from '../../book/known-messengers.ts'

/** The messenger that each property from before IMPP belongs to. */
export const serviceProperties: ReadonlyMap<string, string> = new Map(
  [...knownMessengers].flatMap(([service, { properties = [] }]) =>
    properties.map((name): [string, string] => [name, service]),
  ),
)

/** A service as contacts hold it. A parameter cannot hold quotes (RFC 6350, 3.3). */
export function canonicalService(text: string | null): string | null {
  const service =
    text
      ?.toWellFormed()
      .replaceAll(/["\p{Cc}]+/gu, ' ')
      .trim() || null
  return service === null ? null : (knownMessenger(service) ?? service)
}

export function serviceOnWire(service: string): { name: string; scheme: string } {
  return knownMessengers.get(service) ?? { name: service, scheme: 'x-apple' }
}
