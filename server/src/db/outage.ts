import type { Logger } from '../log.ts'
import { isDatabaseAway, isPoolBusy, reasonOf } from './errors.ts'

const noticedWithinMs = 1_000

/**
 * Tells the operator once that the database is away, and once that it is back, however many
 * requests and jobs find out meanwhile.
 * @returns what takes a connection by the function it is given, and watches how that goes. In the
 *   first moment of an outage, one that was opened before, as `openedAt` tells, is no sign of its
 *   end: nobody has noticed yet that it is broken.
 */
export function watchForOutage(log: Logger) {
  let awaySince: number | undefined
  let backSince = -Infinity
  return async <T>(
    connect: () => Promise<T>,
    openedAt: (connection: T) => number = () => performance.now(),
  ): Promise<T> => {
    const startedAt = performance.now()
    try {
      const connection = await connect()
      const awayMs = performance.now() - (awaySince ?? Infinity)
      const isNews = awaySince !== undefined && openedAt(connection) > awaySince
      if (isNews || awayMs > noticedWithinMs) {
        const seconds = Math.round(awayMs / 1000)
        awaySince = undefined
        backSince = performance.now()
        log.info({ seconds }, 'the database is back')
      }
      return connection
    } catch (error) {
      // An attempt from before its end fails of the outage that is over.
      const isNews = awaySince === undefined && startedAt > backSince
      if (isNews && isDatabaseAway(error) && !isPoolBusy(error)) {
        awaySince = performance.now()
        log.error(
          { reason: reasonOf(error) },
          'the database is away: answering 503 until it is back',
        )
      }
      throw error
    }
  }
}
