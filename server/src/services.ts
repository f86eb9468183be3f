import { cloudinaryStorage } from './avatars/cloudinary.ts'
import { diskStorage } from './avatars/disk.ts'
import type { AvatarStorage } from './avatars/storage.ts'
import { createLastSeen, type LastSeen } from './accounts/sessions/last-seen.ts'
import { createPasswords, type Passwords } from './accounts/passwords/password.ts'
import { createTokens, type Tokens } from './accounts/sessions/tokens.ts'
import { memoryCache, noCache, type Cache } from './cache/cache.ts'
import { redisCache } from './cache/redis-cache.ts'
import { connectRedis, type Redis } from './cache/redis.ts'
import type { Config } from './config.ts'
import { lockDataDir, makeDataDir } from './db/data-dir.ts'
import { openDatabase, type OpenDatabase } from './db/database.ts'
import { prepareDatabase } from './db/prepare.ts'
import { createJobs, type Jobs } from './jobs/jobs.ts'
import { createTurns, type Turns } from './limits/turns.ts'
import { memoryCounter, type Counter } from './limits/counter.ts'
import { redisCounter } from './limits/redis-counter.ts'
import type { Logger } from './log.ts'
import { fileTransport } from './mail/file-transport.ts'
import { smtpTransport } from './mail/smtp-transport.ts'
import type { MailTransport } from './mail/transport.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { loadOrCreateSecret } from './secret.ts'

/** All that lives as long as the process, made once and passed on. */
export type Services = {
  config: Config
  log: Logger
  database: OpenDatabase
  db: OpenDatabase['db']
  cache: Cache
  counter: Counter
  turns: Turns
  redis: Redis | null
  jobs: Jobs
  transport: MailTransport
  avatars: AvatarStorage
  passwords: Passwords
  tokens: Tokens
  lastSeen: LastSeen
  metrics: Metrics
  /** Whether the process has been told to stop, and takes requests for a moment yet. */
  lifecycle: { isStopping: boolean }
}

/**
 * The composition root: opens what `config` names and brings the database up to date.
 * Disposing it closes everything, last opened first.
 */
export async function createServices(config: Config, log: Logger, opened?: OpenDatabase) {
  await using stack = new AsyncDisposableStack()
  if (!config.databaseUrl && !opened) stack.use(lockDataDir(config.dataDir))
  else if (!config.smtpUrl || !config.cloudinaryUrl) makeDataDir(config.dataDir)
  const database = stack.use(opened ?? (await openDatabase(config, log)))
  const applied = await prepareDatabase(config, database, log)
  if (applied.length > 0) log.info({ migrations: applied }, 'database brought up to date')

  const secretKeys = config.secretKeys ?? loadOrCreateSecret(config.dataDir)
  const metrics = createMetrics(database.pool)
  const redis = config.redisUrl ? stack.use(await connectRedis(config.redisUrl, log)) : null
  const localCounter = stack.use(memoryCounter())
  const services: Services = {
    config,
    log,
    database,
    db: database.db,
    cache: metrics.countingCache(cacheFor(redis, database)),
    counter: redis ? redisCounter(redis, localCounter) : localCounter,
    turns: createTurns(),
    redis,
    jobs: createJobs(database, log),
    transport: stack.use(mailTransportFor(config)),
    avatars: await avatarStorageFor(config),
    passwords: createPasswords(),
    tokens: createTokens(secretKeys, config.publicUrl),
    lastSeen: stack.use(createLastSeen(database.db, log)),
    metrics,
    lifecycle: { isStopping: false },
  }
  const resources = stack.move()
  return Object.assign(services, { [Symbol.asyncDispose]: () => resources.disposeAsync() })
}

/**
 * Without Redis a process may remember only what no other process can change: with PostgreSQL
 * there may be others, and a revoked session must end in all of them at once.
 */
function cacheFor(redis: Redis | null, { backend }: OpenDatabase): Cache {
  if (redis) return redisCache(redis)
  return backend === 'pglite' ? memoryCache() : noCache()
}

function mailTransportFor({ smtpUrl, dataDir, mailFrom }: Config): MailTransport {
  return smtpUrl ? smtpTransport(smtpUrl, mailFrom) : fileTransport(dataDir, mailFrom)
}

async function avatarStorageFor({ cloudinaryUrl, dataDir }: Config): Promise<AvatarStorage> {
  return cloudinaryUrl ? cloudinaryStorage(cloudinaryUrl) : diskStorage(dataDir)
}
