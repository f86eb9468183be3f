import { openDatabase, inTransaction, type Database } from '../db/database.ts'
import { distributeTables, usualShards } from '../db/distribute.ts'
import { isOutOfLocks } from '../db/errors.ts'
import { lockTables } from '../db/migrate.ts'
import { prepareDatabase } from '../db/prepare.ts'
import { requireCitus } from '../db/require-citus.ts'
import { createLogger } from '../log.ts'
import { OperatorError } from '../operator-error.ts'
import { textOption, UsageError, type Command } from './command.ts'

const maxShards = 1_024

/** Spreads owners over the nodes of Citus; what is distributed already stays as it is. */
export const distribute: Command = {
  name: 'distribute',
  about: 'spread accounts and contacts over the nodes of Citus (deploy/scale.md)',
  options: { shards: { value: 'NUMBER', about: `of each table, ${usualShards} without it` } },
  async alone(readSettings, request) {
    const shards = shardsIn(textOption(request, 'shards', String(usualShards)))
    const { databaseUrl } = readSettings({ secretKey: false })
    if (!databaseUrl) {
      throw new OperatorError(
        'The embedded database is one server. Set DATABASE_URL to the coordinator of Citus; ' +
          'a backup brings over what is here.',
      )
    }
    const log = createLogger('warn')
    await using database = openDatabase(databaseUrl, log, { poolSize: 1, isPatient: true })
    await prepareDatabase(databaseUrl, database, log)
    const names = await withEnoughLocks(() => distributeAll(database.db, shards))
    return { text: distributed(names) }
  },
}

function distributeAll(db: Database, shards: number): Promise<string[]> {
  return inTransaction(db, async (trx) => {
    await lockTables(trx)
    await requireCitus(trx)
    return distributeTables(trx, shards)
  })
}

/** All tables change in one transaction, which locks each of their shards. */
async function withEnoughLocks<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isOutOfLocks(error)) throw error
    throw new OperatorError(
      'A node cannot hold so many locks at once. Raise max_locks_per_transaction on every node, ' +
        'to 512 for 64 shards, and restart it; or take fewer shards.',
    )
  }
}

function shardsIn(text: string): number {
  const shards = Number(text)
  if (/^[1-9]\d{0,3}$/.test(text) && shards <= maxShards) return shards
  throw new UsageError(`--shards must be 1 to ${maxShards}.`)
}

function distributed(names: string[]): string {
  if (names.length === 0) return 'Already distributed.'
  return `Distributed ${names.join(', ')}. Restart every process of Kith.`
}
