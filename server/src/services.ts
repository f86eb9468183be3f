import { createKeyIdentities, type KeyIdentities } from './accounts/access-keys/identity.ts'
import { createKeyUses, type KeyUses } from './accounts/access-keys/last-use.ts'
import { createPasswords, type Passwords } from './accounts/passwords/password.ts'
import { createLastSeen, type LastSeen } from './accounts/sessions/last-seen.ts'
import { createTokens, type Tokens } from './accounts/sessions/tokens.ts'
import { cloudinaryStorage } from './avatars/cloudinary.ts'
import { diskStorage } from './avatars/disk.ts'
import type { AvatarStorage } from './avatars/storage.ts'
import { createBulkThread, type BulkThread } from './bulk-thread.ts'
import { cacheOfOther, serveCache } from './cache/cache-socket.ts'
import { memoryCache, noCache, type Cache } from './cache/cache.ts'
import { redisCache } from './cache/redis-cache.ts'
import type { Redis } from './cache/redis.ts'
import type { Config } from './config.ts'
import { createIndexState, type IndexState } from './contacts/index-state.ts'
import { createNewContacts, type NewContacts } from './contacts/new-contacts.ts'
import { findProgress } from './contacts/store/column-versions.ts'
import { columnsVersion } from './contacts/store/columns.ts'
import { makeDataDir } from './db/data-dir.ts'
import { openDatabase, type OpenDatabase } from './db/database.ts'
import { prepareDatabase } from './db/prepare.ts'
import { openSource, type DatabaseSource } from './db/source.ts'
import { createJobs, type Jobs } from './jobs/jobs.ts'
import { memoryCounter, type Counter } from './limits/counter.ts'
import { redisCounter } from './limits/redis-counter.ts'
import { createTurns, type Turns } from './limits/turns.ts'
import type { Logger } from './log.ts'
import { fileTransport } from './mail/file-transport.ts'
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
  bulk: BulkThread
  transport: MailTransport
  avatars: AvatarStorage
  passwords: Passwords
  tokens: Tokens
  lastSeen: LastSeen
  keyIdentities: KeyIdentities
  keyUses: KeyUses
  indexState: IndexState
  newContacts: NewContacts
  metrics: Metrics
  /** Whether the process has been told to stop, and takes requests for a moment yet. */
  lifecycle: { isStopping: boolean }
}

type Given = {
  /** Where the database is, when it is not as the settings say. */
  source?: DatabaseSource | undefined
  /** Opens the database in another way than `openDatabase`. */
  open?: OpenBy | undefined
  /** How writes run, where the database's own catalogue is not to be asked. */
  isDistributed?: boolean | undefined
}

/** As `openDatabase` is called. */
export type OpenBy = (
  ...where: Parameters<typeof openDatabase>
) => OpenDatabase | Promise<OpenDatabase>

/**
 * The composition root: opens what `config` names and brings the database up to date.
 * Disposing it closes everything, last opened first.
 */
export async function createServices(config: Config, log: Logger, given: Given = {}) {
  await using stack = new AsyncDisposableStack()
  if (config.databaseUrl && (!config.smtpUrl || !config.cloudinaryUrl)) makeDataDir(config.dataDir)
  const source = stack.use(given.source ?? (await openSource(config, log)))
  const isOurs = source.servedBy === 'us'
  const open = given.open ?? openDatabase
  const opening = { isOurs, isDistributed: given.isDistributed }
  const database = stack.use(await open(source.url, log, opening))
  const applied = await prepareDatabase(source.url, database, log)
  if (applied.length > 0) log.info({ migrations: applied }, 'database brought up to date')

  const secretKeys = config.secretKeys ?? loadOrCreateSecret(config.dataDir)
  const metrics = createMetrics(database.pool)
  const redis = config.redisUrl ? stack.use(await redisAt(config.redisUrl, log)) : null
  const cache = redis ? redisCache(redis) : cacheFor(source, config.dataDir)
  if (!redis && isOurs) stack.use(await serveCache(cache, config.dataDir, log))
  const countingCache = metrics.countingCache(cache)
  const localCounter = stack.use(memoryCounter())
  const services: Services = {
    config,
    log,
    database,
    db: database.db,
    cache: countingCache,
    counter: redis ? redisCounter(redis, localCounter) : localCounter,
    turns: createTurns(isOurs ? 1 : 2),
    redis,
    jobs: createJobs(database, log),
    bulk: stack.use(
      createBulkThread({
        url: source.url,
        isOurs,
        isDistributed: await database.isDistributed(),
        logLevel: config.logLevel,
        logFormat: config.logFormat,
      }),
    ),
    transport: stack.use(await mailTransportFor(config)),
    avatars: await avatarStorageFor(config),
    passwords: createPasswords(),
    tokens: createTokens(secretKeys, config.publicUrl),
    lastSeen: stack.use(createLastSeen(database, log)),
    keyIdentities: createKeyIdentities(database.db, countingCache),
    keyUses: stack.use(createKeyUses(database, log)),
    indexState: stack.use(createIndexState(() => isIndexComplete(database))),
    newContacts: stack.use(createNewContacts(database, log)),
    metrics,
    lifecycle: { isStopping: false },
  }
  const resources = stack.move()
  return Object.assign(services, { [Symbol.asyncDispose]: () => resources.disposeAsync() })
}

/**
 * Without Redis a process may remember only what no other can change behind its back: with a server of
 * PostgreSQL there may be others, and a revoked session must end in all of them at once.
 */
function cacheFor({ servedBy }: DatabaseSource, dataDir: string): Cache {
  if (servedBy === 'us') return memoryCache()
  return servedBy === 'another' ? cacheOfOther(dataDir) : noCache()
}

async function isIndexComplete({ read }: OpenDatabase): Promise<boolean> {
  return (await findProgress(read, columnsVersion))?.is_finished ?? false
}

// What only some servers need is loaded by those alone: it takes megabytes of memory.

async function redisAt(url: string, log: Logger): Promise<Redis> {
  const { connectRedis } = await import('./cache/redis.ts')
  return connectRedis(url, log)
}

async function mailTransportFor({ smtpUrl, dataDir, mailFrom }: Config): Promise<MailTransport> {
  if (!smtpUrl) return fileTransport(dataDir, mailFrom)
  const { smtpTransport } = await import('./mail/smtp-transport.ts')
  return smtpTransport(smtpUrl, mailFrom)
}

async function avatarStorageFor({ cloudinaryUrl, dataDir }: Config): Promise<AvatarStorage> {
  return cloudinaryUrl ? cloudinaryStorage(cloudinaryUrl) : diskStorage(dataDir)
}
