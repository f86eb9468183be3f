import type { Logger } from '../log.ts'
import { isDatabaseAway, isPoolBusy, reasonOf } from './errors.ts'

/**
 * Tells the operator once that the database is away, and once that it is back, however many
 * requests and jobs find out meanwhile.
 * @param connect takes a connection of the pool
 * @returns the same, watched
 */
export function watchForOutage<T>(connect: () => Promise<T>, log: Logger): () => Promise<T> {
  let awaySince: number | undefined
  return async () => {
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
