import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { avatarPath, diskStorage } from '../avatars/disk.ts'
import { renewEpochs } from '../changes/queries.ts'
import type { Config } from '../config.ts'
import type { Ask } from '../db/ask.ts'
import { makeDataDir } from '../db/data-dir.ts'
import {
  askIn,
  inTransaction,
  openDatabase,
  type Database,
  type OpenDatabase,
} from '../db/database.ts'
import { migrateIn, migrationNames } from '../db/migrate.ts'
import { waitForDatabase } from '../db/prepare.ts'
import { openSource } from '../db/source.ts'
import { sendCarried } from '../jobs/carried-jobs.ts'
import { createJobs, type Jobs } from '../jobs/jobs.ts'
import type { Logger } from '../log.ts'
import { OperatorError } from '../operator-error.ts'
import { parseSecretKeys, writeSecret } from '../secret.ts'
import { insertLines } from './insert-lines.ts'
import type { Manifest } from './manifest.ts'
import { openBackup, type Backup } from './open-backup.ts'
import type { Report } from './report.ts'
import { quoted } from './tables.ts'

type Target = Pick<Config, 'databaseUrl' | 'dataDir' | 'secretKeys'>

export type Restored = {
  manifest: Manifest
  /** Whether tokens that were given out before are still good here. */
  keepsSessions: boolean
}

/**
 * Fills an empty installation from a backup, whatever kind of database that came from: all of it or
 * nothing, in one transaction. Its tables are made as they were, filled, and then brought up to date.
 * @throws OperatorError when there is something already, or the backup is damaged or of a newer Kith
 */
export async function restoreBackup(
  target: Target,
  file: string,
  log: Logger,
  report: Report,
): Promise<Restored> {
  await using backup = await openBackup(file)
  await refuseNewer(backup.manifest, file)
  refuseUsedFolder(target)
  await backup.check(report)

  await using stack = new AsyncDisposableStack()
  if (target.databaseUrl) makeDataDir(target.dataDir)
  const { url } = stack.use(await openSource(target, log))
  const database = stack.use(openDatabase(url, log, { poolSize: 2, isPatient: true }))
  await waitForDatabase(database, log)
  await refuseUsedDatabase(database)
  const jobs = createJobs(database, log)
  stack.defer(() => jobs.stop())
  await jobs.prepare()
  try {
    await inTransaction(database.db, (trx) => fill(trx, backup, target, jobs, report))
  } catch (error) {
    await removeFiles(target)
    throw error
  }
  // Else the first requests would be planned for tables of which nothing is known.
  await database.pool.query('analyze')
  return { manifest: backup.manifest, keepsSessions: keepsSessions(target, backup.secret) }
}

async function fill(
  trx: Database,
  backup: Backup,
  target: Target,
  jobs: Jobs,
  report: Report,
): Promise<void> {
  const { manifest, secret } = backup
  const ask = askIn(trx)
  await migrateIn(trx, undefined, manifest.migrations)
  // Migrations fill some of the tables, with rows that the backup has too.
  await ask(`truncate ${manifest.tables.map(({ name }) => quoted(name)).join(', ')}`, [])
  for (const table of manifest.tables) {
    const step = `Restoring ${table.name}`
    report(step, 0, table.lines)
    await insertLines(ask, table.name, backup.lines(table), (done) =>
      report(step, done, table.lines),
    )
  }
  await migrateIn(trx)
  await renewEpochs(ask)
  for await (const line of backup.lines(manifest.jobs)) await sendCarried(jobs, ask, line)
  await restoreAvatars(ask, backup, target.dataDir, report)
  // The last step before the commit: a folder without it is not taken for a whole one.
  if (!target.secretKeys) writeSecret(target.dataDir, secret)
}

async function restoreAvatars(ask: Ask, backup: Backup, dataDir: string, report: Report) {
  const { avatars } = backup.manifest
  const storage = diskStorage(dataDir)
  const keys: string[] = []
  for await (const line of backup.lines(avatars)) {
    const { key, webp } = JSON.parse(line) as { key: string; webp: string }
    await storage.put(key, Buffer.from(webp, 'base64'))
    keys.push(key)
    report('Restoring pictures', keys.length, avatars.lines)
  }
  await ask(
    `update users set avatar_key = null, avatar_url = null, version = version + 1
    where avatar_url like '${avatarPath}%' and avatar_key <> all ($1::text[])`,
    [keys],
  )
}

async function refuseNewer({ migrations, kith }: Manifest, file: string) {
  const known = new Set(await migrationNames())
  const unknown = migrations.filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw new OperatorError(
    `${file} was made by a newer Kith (${kith}, with ${unknown.join(', ')}). ` +
      'Update Kith, then restore it.',
  )
}

function refuseUsedFolder({ databaseUrl, dataDir }: Target) {
  // With a database of its own, only pictures are kept there that a backup has too.
  const used = databaseUrl ? join(dataDir, 'avatars') : dataDir
  const entries = existsSync(used) ? readdirSync(used) : []
  if (entries.every((name) => name === 'lock')) return
  throw new OperatorError(
    `A backup is restored only where there is nothing yet, and ${used} is not empty. ` +
      'Set DATA_DIR to a new folder, or move what is there away.',
  )
}

async function refuseUsedDatabase({ pool }: OpenDatabase) {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') limit 1`,
  )
  if (rows.length === 0) return
  throw new OperatorError(
    `A backup is restored only into an empty database, and this one has tables (${rows[0]?.name}). ` +
      'Make a new one with createdb, and name it in DATABASE_URL.',
  )
}

/** What was written before the transaction failed; nothing of it was there before. */
async function removeFiles({ dataDir, secretKeys }: Target) {
  await rm(join(dataDir, 'avatars'), { recursive: true, force: true })
  if (!secretKeys) await rm(join(dataDir, 'secret'), { force: true })
}

function keepsSessions({ secretKeys }: Target, secret: string): boolean {
  const [signing] = parseSecretKeys(secret)
  return !secretKeys || secretKeys.some((key) => signing?.equals(key))
}
