import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type WireTap = AsyncDisposable & {
  /** The database's URL, through the tap. */
  url: string
  /** What has been sent since the last call, one text for each statement that was run. */
  take(): string[]
}

/** Stands between a server and its database, and reads what is asked, whatever client asks it. */
export async function tapDatabase(databaseUrl: string): Promise<WireTap> {
  const target = new URL(databaseUrl)
  let heard: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((inner) => {
    const outer = connect(Number(target.port), target.hostname)
    const listen = createListener((statement) => heard.push(statement))
    inner.on('data', listen)
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    url: Object.assign(new URL(databaseUrl), { port: address.port }).href,
    take() {
      const taken = heard
      heard = []
      return taken
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/**
 * Reads one connection's side of the protocol: a Query names its statement, a Bind the one that an
 * earlier Parse has prepared.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
function createListener(hear: (statement: string) => void) {
  const prepared = new Map<string, string>()
  let pending = Buffer.alloc(0)
  // The first message, with which a connection starts, has no type.
  let typeBytes = 0

  function read(type: string, body: Buffer) {
    const [first = '', second = ''] = body.toString('latin1').split('\0')
    if (type === 'Q') hear(body.subarray(0, -1).toString())
    if (type === 'P') prepared.set(first, textAt(body, first.length + 1))
    if (type === 'B') hear(prepared.get(second) ?? '(unknown)')
  }

  return (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= typeBytes + 4) {
      const end = typeBytes + pending.readUInt32BE(typeBytes)
      if (pending.length < end) return
      if (typeBytes > 0)
        read(pending.toString('latin1', 0, 1), pending.subarray(typeBytes + 4, end))
      pending = pending.subarray(end)
      typeBytes = 1
    }
  }
}

/** A text that ends in a zero byte. */
function textAt(body: Buffer, start: number): string {
  return body.toString('utf8', start, body.indexOf(0, start))
}
