import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../errors.ts'
import { isOpenToTokens } from '../../http/api-token-access.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { invalidToken } from '../sessions/bearer.ts'
import { readAppPassword, type KeyHolder } from './identity.ts'

type Needs = Pick<Services, 'keyIdentities' | 'keyUses'>

/**
 * The holder of an API token, if it opens what is asked for.
 * @throws AppError `unauthorized` for a token that is no good, `forbidden` for one that does not open this
 */
export async function admitToken(
  { keyIdentities, keyUses }: Needs,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<KeyHolder> {
  const holder = await keyIdentities.byToken(token)
  if (!holder) throw invalidToken(reply)
  keyUses.note(holder, clientOf(request))
  if (!isOpenToTokens(request)) {
    throw insufficient(reply, 'token_not_allowed', 'API tokens do not open this call.')
  }
  if (holder.scope === 'read_only' && !isRead(request)) {
    throw insufficient(reply, 'read_only_token', 'This token may only read.')
  }
  return holder
}

/** Whether this is a good app password (RFC 7617). Those open nothing of the API. */
export async function isAppPassword(
  { keyIdentities }: Pick<Services, 'keyIdentities'>,
  { headers }: FastifyRequest,
): Promise<boolean> {
  const shown = readAppPassword(headers.authorization)
  return shown !== undefined && (await keyIdentities.byAppPassword(shown)) !== undefined
}

/** The refusal of an app password wherever the API asks for a login. */
export function appPasswordRefused(): AppError {
  const detail = 'App passwords do not open the API.'
  return new AppError('forbidden', 'token_not_allowed', detail)
}

function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** RFC 6750, 3.1: good, but not for this. */
function insufficient(
  reply: FastifyReply,
  code: 'token_not_allowed' | 'read_only_token',
  detail: string,
): AppError {
  void reply.header('www-authenticate', 'Bearer error="insufficient_scope"')
  return new AppError('forbidden', code, detail)
}
