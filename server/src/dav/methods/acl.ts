import type { Handler } from '../call.ts'
import { DavError } from '../dav-error.ts'
import { findTarget } from '../find-resource.ts'

/** RFC 3744, 8.1: the access to what is there is not to be changed. */
export const acl: Handler = async (call) => {
  await findTarget(call)
  throw new DavError(403, 'Access is not to be changed.')
}
