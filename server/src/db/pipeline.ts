import type { Socket } from 'node:net'
import type pg from 'pg'
import type { AskOne } from './ask.ts'
import { isDatabaseAway } from './errors.ts'
import { runStatement } from './statement.ts'

/** A connection on which several statements are under way at the same time. */
type Lane = {
  opening: Promise<Connection> | null
  connection: Connection | null
  underWay: number
  isCorked: boolean
}

/** A client in pipeline mode, and the socket it sends by. */
export type Connection = { client: pg.Client; socket: Socket }

/**
 * Asks over few connections, each with many statements under way (PostgreSQL's pipeline mode):
 * nobody waits for a free connection, and both ends send and receive several at a time. Each
 * statement is a transaction of its own, so one that fails takes no other with it. One that is slow
 * holds up those behind it, so newcomers take the connection with the fewest.
 * @param connect opens a connection in pipeline mode; what it is given tells whether anybody waits
 */
export function openPipeline(
  connect: (isWaiting: () => boolean) => Promise<Connection>,
  connections: number,
) {
  const lanes = Array.from({ length: connections }, (): Lane => ({
    opening: null,
    connection: null,
    underWay: 0,
    isCorked: false,
  }))

  async function open(lane: Lane): Promise<Connection> {
    try {
      const connection = await connect(() => lane.underWay > 0)
      lane.connection = connection
      connection.client.on('error', () => leave(lane, connection))
      connection.client.on('end', () => leave(lane, connection))
      return connection
    } finally {
      lane.opening = null
    }
  }

  /** The next one opens another connection; those under way on this one are told by it. */
  function leave(lane: Lane, connection: Connection) {
    if (lane.connection !== connection) return
    lane.connection = null
    void connection.client.end().catch(() => {})
  }

  /** What is asked in one turn of the event loop leaves in one piece. */
  function sendTogether(lane: Lane, { socket }: Connection) {
    if (lane.isCorked) return
    lane.isCorked = true
    socket.cork()
    setImmediate(() => {
      lane.isCorked = false
      socket.uncork()
    })
  }

  const ask: AskOne = async (text, values) => {
    const lane = lanes.reduce((best, one) => (one.underWay < best.underWay ? one : best))
    lane.underWay++
    try {
      const connection = lane.connection ?? (await (lane.opening ??= open(lane)))
      sendTogether(lane, connection)
      try {
        return (await runStatement(connection.client, text, values)) as never[]
      } catch (error) {
        // Where we asked, instead of where the socket was read.
        if (error instanceof Error) Error.captureStackTrace(error)
        if (isDatabaseAway(error)) leave(lane, connection)
        throw error
      }
    } finally {
      lane.underWay--
    }
  }

  return {
    ask,
    async [Symbol.asyncDispose]() {
      const open = lanes.flatMap(({ connection }) => connection ?? [])
      await Promise.all(open.map(({ client }) => client.end().catch(() => {})))
    },
  }
}
