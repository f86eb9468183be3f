import type { Label } from './calls.ts'

const localPrefix = 'local-'

/** The id of a label that is named here, until the server makes it, before the first contact with it is sent. */
export const localIdOf = (uuid: string): string => `${localPrefix}${uuid}`

export function isLocal({ id }: Label): boolean {
  return id.startsWith(localPrefix)
}
