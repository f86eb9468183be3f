import type { Services } from '../../services.ts'
import { isSessionAlive } from './identity.ts'

/** What let a caller in: a session, or an API token, by its id. */
export type Credential = { kind: 'session' | 'api_token'; id: string }

/** A caller whose answer lasts longer than one request. */
export type Follower = { userId: string; credential: Credential }

/** Whether the caller would be let in again: the session or token goes on, and so does the account. */
export function isStillLetIn(
  services: Pick<Services, 'db' | 'cache' | 'keyIdentities'>,
  { userId, credential: { kind, id } }: Follower,
): Promise<boolean> {
  if (kind === 'session') return isSessionAlive(services, { userId, sessionId: id })
  return services.keyIdentities.isAlive(userId, id)
}
