import type { Call, Handler } from '../call.ts'
import { DavError } from '../dav-error.ts'
import { findTarget } from '../find-resource.ts'
import { firstBookSlug, isMemberPath, type Place } from '../paths.ts'

const ofAll = ['OPTIONS', 'GET', 'HEAD', 'PROPFIND', 'REPORT']
const ofOwn = [...ofAll, 'PROPPATCH', 'ACL']

/** What a place that is there, or can never be, takes of the caller (RFC 9110, 10.2.1). */
export function allowedAt({ account }: Pick<Call, 'account'>, place: Place): string[] {
  if (place.kind === 'nowhere') return ['OPTIONS']
  return account.isReadOnly ? ofAll : takenAt(place)
}

function takenAt(place: Place): string[] {
  if (place.kind === 'principal' || place.kind === 'home') return ofOwn
  if (isMemberPath(place)) return ['OPTIONS', 'POST']
  if (place.kind === 'card') return [...ofOwn, 'PUT', 'DELETE', 'COPY', 'MOVE']
  if (place.kind === 'book') {
    return place.slug === firstBookSlug ? ofOwn : [...ofOwn, 'DELETE', 'MOVE']
  }
  return ofAll
}

/** What may be done where nothing is yet. */
function allowedToCreate({ account }: Pick<Call, 'account'>, place: Place): string[] {
  if (account.isReadOnly) return ['OPTIONS']
  if (place.kind === 'card') return ['OPTIONS', 'PUT']
  return place.kind === 'book' ? ['OPTIONS', 'MKCOL'] : ['OPTIONS']
}

export const options: Handler = async (call) => {
  const { reply, place } = call
  const isThere = await findTarget(call).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DavError && error.status === 404) return false
      throw error
    },
  )
  const allowed =
    isThere || isMemberPath(place) ? allowedAt(call, place) : allowedToCreate(call, place)
  return reply.status(200).header('allow', allowed.join(', ')).send()
}
