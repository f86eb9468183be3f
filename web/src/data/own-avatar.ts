import type { User } from '../worker/calls.ts'

/** The path of one's own picture, another one with every picture; null without one. */
export function ownAvatar({ avatar }: User): string | null {
  if (avatar === null) return null
  // The server gives each picture an address of its own, perhaps elsewhere; it is fetched from our origin.
  const version = avatar.split('/').at(-1) ?? ''
  return `/api/users/me/avatar?v=${encodeURIComponent(version)}`
}
