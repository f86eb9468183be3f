import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from './programs.ts'

export type Proxy = AsyncDisposable & {
  /** The same URL, through the proxy. */
  url: string
  /** Breaks all connections and takes no new ones, for this one way to the server alone. */
  cut(): Promise<void>
  restore(): Promise<void>
}

/** A way to a server on the loopback that can be cut while others stay open. */
export async function startProxy(target: string): Promise<Proxy> {
  const port = await freePort()
  const sockets = new Set<Socket>()
  const open = async () => {
    const server = createServer((inner) => {
      const outer = connect(Number(new URL(target).port), '127.0.0.1')
      for (const [from, to] of [
        [inner, outer],
        [outer, inner],
      ] as const) {
        sockets.add(from)
        from.pipe(to)
        from.on('error', () => to.destroy())
        from.on('close', () => sockets.delete(from))
      }
    })
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return server
  }
  let server: Server | undefined = await open()
  const cut = async () => {
    const closed = server && once(server.close(), 'close')
    server = undefined
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    url: Object.assign(new URL(target), { port }).href,
    cut,
    async restore() {
      server = await open()
    },
    [Symbol.asyncDispose]: cut,
  }
}
