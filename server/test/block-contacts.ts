import pg from 'pg'
import { until } from './until.ts'

export type Block = AsyncDisposable & {
  /** Waits until this many connections of the server wait for us; gives their process ids. */
  waiting(count: number): Promise<number[]>
  /** Breaks a connection, as an administrator can. */
  terminate(pid: number): Promise<void>
  release(): Promise<void>
}

/** Makes everything that has to do with contacts wait, in a PostgreSQL that only this test uses. */
export async function blockContacts(url: string): Promise<Block> {
  await using stack = new AsyncDisposableStack()
  const blocker = stack.adopt(new pg.Client(url), (client) => client.end())
  // Within one transaction the list of connections would never change.
  const observer = stack.adopt(new pg.Client(url), (client) => client.end())
  await blocker.connect()
  await observer.connect()
  await blocker.query('begin; lock table contacts')
  const resources = stack.move()
  return {
    waiting: (count) =>
      until(`${count} connections to wait`, async () => {
        const { rows } = await observer.query<{ pid: number }>(
          `select pid from pg_stat_activity
           where wait_event_type = 'Lock' and application_name = 'kith'`,
        )
        return rows.length === count && rows.map(({ pid }) => pid)
      }),
    async terminate(pid) {
      await observer.query('select pg_terminate_backend($1)', [pid])
    },
    async release() {
      await blocker.query('rollback')
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
