import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyDatabase } from './database.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { secretKey, type Settings } from './settings.ts'

export type Backends = AsyncDisposable & {
  settings: Settings & { DATA_DIR: string }
  /** The Redis that was started for them alone, in a pass that has one. */
  redis: TestRedis | null
}

/**
 * What a server stands on, as this pass wants it: a data folder and a database of its own, and a
 * Redis. What `given` already names is used as it is, and is not removed afterwards.
 */
export async function provideBackends(given: Settings): Promise<Backends> {
  await using stack = new AsyncDisposableStack()
  const dataDir =
    given['DATA_DIR'] ?? stack.use(await mkdtempDisposable(join(tmpdir(), 'kith-data-'))).path
  const database =
    given['DATABASE_URL'] === undefined ? stack.use(await copyDatabase(dataDir)) : null
  const redis =
    process.env['KITH_TEST_REDIS'] && given['REDIS_URL'] === undefined
      ? stack.use(await startRedis())
      : null
  const resources = stack.move()
  return {
    settings: {
      DATABASE_URL: database?.databaseUrl ?? '',
      REDIS_URL: redis?.url ?? '',
      SECRET_KEY: secretKey,
      RATE_LIMITS: 'off',
      DRAIN_SECONDS: '0',
      ...given,
      DATA_DIR: dataDir,
    },
    redis,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
