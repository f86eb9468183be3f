import { Socket } from 'node:net'

/** The `code` of what a statement fails with when its connection was silent for too long. */
export const silenceCode = 'ETIMEDOUT'

/**
 * A socket that breaks when nothing has come or gone for a while. Without it a statement waits for
 * the kernel to give up, a quarter of an hour, when the machine at the other end is gone or hangs.
 * @param isWaiting whether anybody waits for an answer: else the connection is just not needed
 */
export function impatientSocket(silenceMs: number, isWaiting = () => true): Socket {
  const socket = new Socket()
  return socket.setTimeout(silenceMs, () => {
    const message = `the database was silent for ${silenceMs / 1000} s`
    if (isWaiting()) socket.destroy(Object.assign(new Error(message), { code: silenceCode }))
    else socket.end()
  })
}
