import type { Socket } from 'node:net'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { isoTypes, types, withIsoTimes, type Ask, type AskOne } from './ask.ts'
import { openedAt, takeConnection, watchStatements } from './connection.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { askingIn, createLayout } from './distributed.ts'
import { impatientSocket, silenceCode } from './impatient-socket.ts'
import { watchForOutage } from './outage.ts'
import { openPipeline } from './pipeline.ts'
import { primaryClient } from './primary.ts'

/** A database that is open for statements as text. */
export type Connections = AsyncDisposable & {
  pool: pg.Pool
  /** Connections of the pool, whose outages are noted. */
  watched: Pick<pg.Pool, 'options' | 'connect' | 'end'>
  /** For statements that only read. */
  read: Ask
  /** For statements that write by themselves, each on a connection of its own. */
  write: Ask
  /** Runs `work` in a transaction; an exception rolls everything back and is passed on. */
  transaction<T>(work: (ask: Ask) => Promise<T>): Promise<T>
  /** Whether no other process serves from it: what was under way at our start is nobody's. */
  isOurs: boolean
  /** Whether owners are spread over several servers; their writes run step by step then. */
  isDistributed(): Promise<boolean>
}

export type Opening = {
  isOurs?: boolean
  /** Looked up where it is not given. */
  isDistributed?: boolean | undefined
  poolSize?: number
  /** Without limits of time: for a migration, which may take longer than any request. */
  isPatient?: boolean
}

// In milliseconds. PostgreSQL itself ends a statement before its connection counts as silent. A child
// that is away refuses connections at once: what takes time there is the turn for one of a few.
const limits = {
  connect: 5_000,
  turn: 15_000,
  statement: 15_000,
  silence: 20_000,
  idleInTransaction: 30_000,
}

// Few lanes, since on each many reads are under way; more would only take turns on the same cores. Writes
// wait for the disk, each connection for itself, and PostgreSQL writes down together what several ask.
const connections = { pool: 10, read: 4, write: 8 }
// Each is a process of five to ten megabytes, on a machine that may be small.
const connectionsToOurs = { pool: 4, read: 2, write: 3 }

/**
 * Opens a PostgreSQL by its URL, which may name several hosts; whether it answers is seen by the first
 * statement.
 */
export function openConnections(
  url: string,
  log: Logger,
  { isOurs = false, poolSize, isPatient = false, isDistributed: given }: Opening = {},
): Connections {
  const { pool: usualSize, ...lanes } = isOurs ? connectionsToOurs : connections
  const { connectionString, hosts, needsPrimary } = parseDatabaseUrl(url)
  const settings = {
    connectionString,
    application_name: 'kith',
    connectionTimeoutMillis: isOurs ? limits.turn : limits.connect,
    keepAlive: true,
    ...(!isPatient && {
      statement_timeout: limits.statement,
      idle_in_transaction_session_timeout: limits.idleInTransaction,
    }),
  }
  const Client = needsPrimary ? primaryClient(hosts, settings) : pg.Client
  const sockets = openSockets()
  const pool = new pg.Pool({
    ...settings,
    Client,
    types,
    max: poolSize ?? usualSize,
    ...(!isPatient && { stream: () => sockets.add(impatientSocket(limits.silence)) }),
  })
  const resources = new AsyncDisposableStack()
  const watch = watchForOutage(log)
  const openLanes = (count: number) =>
    openPipeline((isWaiting) => watch(() => connectPipelined(Client, settings, isWaiting)), count)
  resources.use(sockets)
  const database = fromPool(pool, log, watch)
  resources.use(database)
  const reading = resources.use(openLanes(lanes.read))
  const writing = resources.use(openLanes(lanes.write))
  const layout = createLayout(reading.ask, isOurs ? (given ?? false) : given)
  const transaction: Connections['transaction'] = (work) =>
    database.transaction((ask) => work(askingIn(layout, ask, (run) => run(ask))))
  return {
    ...database,
    isOurs,
    isDistributed: layout.isDistributed,
    read: askingIn(layout, reading.ask, database.transaction),
    write: askingIn(layout, writing.ask, database.transaction),
    transaction,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

// A page out of order costs hardly more than the next one in memory and on an SSD. By its own default, for discs
// that turn, PostgreSQL reads a whole table instead of the covering index of a large book.
const planning = 'set random_page_cost = 1.1'

async function connectPipelined(
  Client: typeof pg.Client,
  settings: pg.ClientConfig,
  isWaiting: () => boolean,
) {
  const socket = impatientSocket(limits.silence, isWaiting)
  const stream = () => socket
  const client = new Client({ ...settings, types: isoTypes, pipeline: true, stream })
  try {
    await client.connect()
    await client.query(planning)
  } catch (error) {
    socket.destroy()
    throw error
  }
  return { client, socket }
}

/**
 * The sockets of a pool. It forgets a client that was not let in, whose socket stays open until PostgreSQL
 * has waited long enough for a password: once the pool is closed, no socket keeps the process alive.
 */
function openSockets() {
  const open = new Set<Socket>()
  return {
    add(socket: Socket): Socket {
      open.add(socket.once('close', () => open.delete(socket)))
      return socket
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.unref()
    },
  }
}

function fromPool(pool: pg.Pool, log: Logger, watch: ReturnType<typeof watchForOutage>) {
  // A connection that breaks is replaced by the pool, and who uses it is told by their statement;
  // but one that breaks between two statements would end the process if nobody listened.
  const note = (error: NodeJS.ErrnoException) =>
    log[error.code === silenceCode ? 'warn' : 'debug'](
      { reason: error.message },
      'a database connection was lost',
    )
  pool.on('connect', (client) => {
    client.on('error', note)
    watchStatements(client)
  })
  // Of an idle one it tells as well.
  pool.on('error', () => {})
  const watched = {
    options: pool.options,
    connect: () => watch(() => takeConnection(pool), openedAt),
    end: () => pool.end(),
  }
  async function withConnection<T>(work: (ask: AskOne) => Promise<T>): Promise<T> {
    const client = await watched.connect()
    try {
      return await work(async (text, values) => {
        return withIsoTimes((await client.query(text, values)).rows)
      })
    } finally {
      client.release()
    }
  }
  return {
    pool,
    watched,
    transaction: <T>(work: (ask: AskOne) => Promise<T>) =>
      withConnection(async (ask) => {
        await ask('begin', [])
        try {
          const result = await work(ask)
          await ask('commit', [])
          return result
        } catch (error) {
          await ask('rollback', []).catch(() => {})
          throw error
        }
      }),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
