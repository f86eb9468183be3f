import type pg from 'pg'
import { isDatabaseAway } from './errors.ts'
import { statementName } from './prepared.ts'

type Query = (...args: unknown[]) => Promise<pg.QueryResult>

const broken = new WeakSet<pg.PoolClient>()
const openings = new WeakMap<pg.PoolClient, number>()

/** When a connection of the pool was opened, by the clock of `performance.now`. */
export function openedAt(client: pg.PoolClient): number {
  return openings.get(client) ?? 0
}

/** Has a new connection prepare what it is asked often, and remember whether it broke. */
export function watchStatements(client: pg.PoolClient) {
  openings.set(client, performance.now())
  const query = client.query.bind(client) as Query
  const watched: Query = async (...args) => {
    try {
      return await query(...named(args))
    } catch (error) {
      if (isDatabaseAway(error)) broken.add(client)
      throw error
    }
  }
  Object.assign(client, { query: watched })
}

/** Only statements with values are worth it; the others are `begin`, `commit` and the like. */
function named(args: unknown[]): unknown[] {
  const [first, second] = args
  if (typeof first === 'string' && Array.isArray(second) && second.length > 0 && args.length === 2)
    return [{ name: statementName(first), text: first, values: second }]
  return args
}

/**
 * A connection of the pool that does not go back there when it broke: the last statement hears of
 * it before the socket is closed, and so does not the pool.
 */
export async function takeConnection(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect()
  const release = client.release.bind(client)
  client.release = (destroy) => release(destroy || broken.has(client))
  return client
}
