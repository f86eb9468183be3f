import type { Logger } from '../log.ts'
import { isDatabaseAway, isPoolBusy, reasonOf } from './errors.ts'

/**
 * Tells the operator once that the database is away, and once that it is back, however many
 * requests and jobs find out meanwhile.
 * @returns what takes a connection by the function it is given, and watches how that goes
 */
export function watchForOutage(log: Logger) {
  let awaySince: number | undefined
  return async <T>(connect: () => Promise<T>): Promise<T> => {
    try {
      const connection = await connect()
      if (awaySince !== undefined) {
        const seconds = Math.round((performance.now() - awaySince) / 1000)
        awaySince = undefined
        log.info({ seconds }, 'the database is back')
      }
      return connection
    } catch (error) {
      if (awaySince === undefined && isDatabaseAway(error) && !isPoolBusy(error)) {
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
