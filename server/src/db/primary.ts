import { callbackify } from 'node:util'
import pg from 'pg'
import type { Host } from '../hosts.ts'
import { reasonOf } from './errors.ts'

/** SQLSTATE "client unable to establish connection": the database is away, as far as we know. */
const unreachableCode = '08001'

/**
 * A `pg.Client` that connects to whichever of the hosts is the primary. All of them are asked at the same
 * time and the first one that is not in recovery is taken; it is remembered until a connection to
 * it ends, so that after a failover the next connection finds the new one.
 * @param settings of the connections that only ask; of those, the host is replaced
 */
export function primaryClient(hosts: readonly Host[], settings: pg.ClientConfig): typeof pg.Client {
  let known: Promise<Host> | undefined

  function find(): Promise<Host> {
    if (known) return known
    const search = findPrimary(hosts, settings)
    known = search
    search.catch(() => forget(search))
    return search
  }

  function forget(found: Promise<Host>) {
    if (known === found) known = undefined
  }

  return class PrimaryClient extends pg.Client {
    override connect(): Promise<pg.Client>
    override connect(callback: (error: Error | null, client?: pg.Client) => void): void
    override connect(callback?: (error: Error | null, client?: pg.Client) => void) {
      if (!callback) return this.#connect()
      return callbackify(() => this.#connect())(callback)
    }

    async #connect(): Promise<pg.Client> {
      const found = find()
      this.once('end', () => forget(found))
      const isStandby = watchRecovery(this)
      try {
        Object.assign(this, await found)
        await super.connect()
        if (isStandby()) throw unreachable(`${this.host}:${this.port} is a standby`)
      } catch (error) {
        forget(found)
        // One that was never connected keeps a socket which nobody else would close.
        this.connection.stream.destroy()
        throw error
      }
      return this
    }
  }
}

async function findPrimary(hosts: readonly Host[], settings: pg.ClientConfig): Promise<Host> {
  const found = Promise.withResolvers<Host>()
  const looks = hosts.map(async (host) => {
    await requirePrimary(host, settings)
    found.resolve(host)
  })
  void Promise.allSettled(looks).then((results) => {
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [reasonOf(result.reason)] : [],
    )
    found.reject(unreachable(`no host is the primary: ${reasons.join('; ')}`))
  })
  return found.promise
}

/** @throws Error when it cannot be reached, or only follows another one */
async function requirePrimary(where: Host, settings: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(settings)
  Object.assign(client, where)
  client.on('error', () => {})
  const isStandby = watchRecovery(client)
  try {
    await client.connect()
    if (isStandby()) throw unreachable(`${where.host}:${where.port} is a standby`)
  } finally {
    client.connection.stream.destroy()
  }
}

/** Whether the server said that it is in recovery, as it does when a session begins. */
function watchRecovery(client: pg.Client): () => boolean {
  let isStandby = false
  client.connection.on(
    'parameterStatus',
    ({ parameterName, parameterValue }: { parameterName: string; parameterValue: string }) => {
      if (parameterName === 'in_hot_standby') isStandby = parameterValue === 'on'
    },
  )
  return () => isStandby
}

function unreachable(message: string): Error {
  return Object.assign(new Error(message), { code: unreachableCode })
}
