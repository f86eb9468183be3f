import { Agent, request } from 'node:http'
import { BenchError } from '../bench-error.ts'

export type Answer = { text: string; headers: Record<string, unknown> }
export type DavClient = {
  call(
    method: string,
    path: string,
    body?: string,
    headers?: Record<string, string>,
  ): Promise<Answer>
  close(): void
}

/** A book that a program syncs. */
export type DavBook = {
  client: DavClient
  /** Its path, with a slash at the end. */
  path: string
}

/** A program that syncs over one connection, as phones do. */
export function connect(origin: string, username: string, password: string): DavClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  return {
    call(method, path, body = '', headers = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      const length = String(Buffer.byteLength(body))
      const options = {
        agent,
        method,
        headers: { authorization, 'content-length': length, ...headers },
      }
      const asking = request(new URL(path, origin), options, async (answer) => {
        try {
          const text = Buffer.concat(await Array.fromAsync(answer)).toString()
          if ((answer.statusCode ?? 500) >= 300) {
            throw new BenchError(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`)
          }
          resolve({ text, headers: answer.headers })
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
      asking.once('error', reject)
      asking.end(body)
      return promise
    },
    close: () => agent.destroy(),
  }
}
