import type pg from 'pg'
import type { Ask } from './ask.ts'
import { isDatabaseAway } from './errors.ts'
import { statementName } from './prepared.ts'

/** A connection on which several statements are under way at the same time. */
type Lane = { opening: Promise<pg.Client> | null; client: pg.Client | null; underWay: number }

/**
 * Asks over few connections, each with many statements under way (PostgreSQL's pipeline mode):
 * nobody waits for a free connection, and both ends send and receive several at a time. Each
 * statement is a transaction of its own, so one that fails takes no other with it. One that is slow
 * holds up those behind it, so newcomers take the connection with the fewest.
 * @param connect opens a connection in pipeline mode; what it is given tells whether anybody waits
 */
export function openPipeline(
  connect: (isWaiting: () => boolean) => Promise<pg.Client>,
  connections: number,
) {
  const lanes = Array.from({ length: connections }, (): Lane => ({
    opening: null,
    client: null,
    underWay: 0,
  }))

  async function open(lane: Lane): Promise<pg.Client> {
    try {
      const client = await connect(() => lane.underWay > 0)
      lane.client = client
      client.on('error', () => leave(lane, client))
      client.on('end', () => leave(lane, client))
      return client
    } finally {
      lane.opening = null
    }
  }

  /** The next one opens another connection; those under way on this one are told by it. */
  function leave(lane: Lane, client: pg.Client) {
    if (lane.client !== client) return
    lane.client = null
    void client.end().catch(() => {})
  }

  const ask: Ask = async (text, values) => {
    const lane = lanes.reduce((best, one) => (one.underWay < best.underWay ? one : best))
    lane.underWay++
    try {
      const client = lane.client ?? (await (lane.opening ??= open(lane)))
      const name = statementName(text)
      try {
        const result = await client.query({ text, values, ...(name && { name }) })
        return result.rows
      } catch (error) {
        if (isDatabaseAway(error)) leave(lane, client)
        throw error
      }
    } finally {
      lane.underWay--
    }
  }

  return {
    ask,
    async [Symbol.asyncDispose]() {
      const open = lanes.flatMap(({ client }) => client ?? [])
      await Promise.all(open.map((client) => client.end().catch(() => {})))
    },
  }
}
