import type { Call, Handler } from '../call.ts'
import { unlessMissing } from '../dav-error.ts'
import { findTarget } from '../find-resource.ts'
import { firstBookSlug, isMemberPath, type Place } from '../paths.ts'
import type { Target } from '../resource.ts'

const ofAll = ['OPTIONS', 'GET', 'HEAD', 'PROPFIND', 'REPORT']
const ofOwn = [...ofAll, 'PROPPATCH', 'ACL']

/** What the place of a request takes of the caller (RFC 9110, 10.2.1). */
export async function allowedAt(call: Call): Promise<string> {
  return (await methodsAt(call)).join(', ')
}

async function methodsAt(call: Call): Promise<string[]> {
  const { account, place } = call
  if (isMemberPath(place)) return account.isReadOnly ? ['OPTIONS'] : ['OPTIONS', 'POST']
  const target = await findTarget(call).catch(unlessMissing)
  if (account.isReadOnly) return target ? ofAll : ['OPTIONS']
  return target ? takenBy(target) : takenToCreate(place)
}

function takenBy(target: Target): string[] {
  const { kind } = target
  if (kind === 'principal' || kind === 'home') return ofOwn
  if (kind === 'card') {
    return [...ofOwn, 'PUT', 'DELETE', ...(target.file.is_group ? [] : ['COPY', 'MOVE'])]
  }
  if (kind !== 'book') return ofAll
  return target.book.slug === firstBookSlug ? ofOwn : [...ofOwn, 'DELETE', 'MOVE']
}

/** What may be done where nothing is yet. */
function takenToCreate({ kind }: Place): string[] {
  if (kind === 'card') return ['OPTIONS', 'PUT']
  return kind === 'book' ? ['OPTIONS', 'MKCOL'] : ['OPTIONS']
}

export const options: Handler = async (call) =>
  call.reply
    .status(200)
    .header('allow', await allowedAt(call))
    .send()
