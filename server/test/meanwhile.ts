import type { Ask } from '../src/db/ask.ts'
import type { TestServer } from './server.ts'

/**
 * Lets `work` happen after the next password was checked and before the request that asked goes
 * on: the moment in which a slow check can be overtaken.
 */
export function whileChecking({ services }: TestServer, work: () => Promise<void>): void {
  const { passwords } = services
  services.passwords = {
    ...passwords,
    async verify(hash, password) {
      services.passwords = passwords
      const isRight = await passwords.verify(hash, password)
      await work()
      return isRight
    },
  }
}

/** The results of the password checks, and the number of database calls, that `work` needs. */
export async function workOf({ services }: TestServer, work: () => Promise<unknown>) {
  const { passwords, database } = services
  const checks: boolean[] = []
  let databaseCalls = 0
  const count = () => void databaseCalls++
  const counting =
    (ask: Ask): Ask =>
    (statement, values) => {
      count()
      return ask(statement, values)
    }
  services.passwords = {
    ...passwords,
    async verify(hash, password) {
      const isRight = await passwords.verify(hash, password)
      checks.push(isRight)
      return isRight
    },
  }
  database.pool.on('acquire', count)
  const { read, write } = database
  Object.assign(database, { read: counting(read), write: counting(write) })
  await work()
  Object.assign(database, { read, write })
  database.pool.off('acquire', count)
  services.passwords = passwords
  return { checks, databaseCalls }
}
