import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { addAbortSignal, type Readable } from 'node:stream'
import yazl from 'yazl'
import packageJson from '../../package.json' with { type: 'json' }
import { avatarPath, readAvatar } from '../avatars/disk.ts'
import type { Config } from '../config.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { streamOf } from '../exports/download.ts'
import { hasQueues, unfinishedJobs } from '../jobs/carried-jobs.ts'
import { formatSecretKeys, loadOrCreateSecret } from '../secret.ts'
import { manifestFile, secretFile, type Manifest, type Part } from './manifest.ts'
import { openBackup } from './open-backup.ts'
import { readLines, readTable } from './read-lines.ts'
import type { Report } from './report.ts'
import { listTables } from './tables.ts'
import { writeWholeFile } from './whole-file.ts'

type Source = {
  /** Without limits of time. */
  database: Pick<OpenDatabase, 'transaction' | 'isDistributed'>
  config: Pick<Config, 'dataDir' | 'secretKeys'>
}

// Regular files that only their owner may read, since one of them is the secret.
const mode = 0o100600

/**
 * Writes a backup: every row as of one moment, jobs that are not done, pictures, and the secret, while
 * others go on writing. It counts as made only when it was read back. Memory stays flat, however much
 * there is.
 * @throws OperatorError when it cannot be written
 */
export async function writeBackup(
  { database, config }: Source,
  file: string,
  report: Report,
): Promise<Manifest> {
  const isDistributed = await database.isDistributed()
  return writeWholeFile(
    file,
    (save) =>
      database.transaction(async (ask) => {
        await ask('set transaction isolation level repeatable read, read only', [])
        await ask(`set local bytea_output = 'hex'`, [])
        // A snapshot is of one connection: with one to each node, an owner's rows are of one moment.
        if (isDistributed) await ask('set local citus.max_adaptive_executor_pool_size to 1', [])
        return saveArchive({ ask, isDistributed, config }, save, report)
      }),
    // After the transaction, which would hold back the cleaning up of dead rows.
    (written) => checkBackup(written, report),
  )
}

type Reading = { ask: Ask; isDistributed: boolean; config: Source['config'] }

async function saveArchive(
  reading: Reading,
  save: (content: Readable) => Promise<void>,
  report: Report,
): Promise<Manifest> {
  const createdAt = new Date()
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  const stop = new AbortController()
  const filled = fill({ ...reading, zip, createdAt, signal: stop.signal }, report)
  filled.catch((error: Error) => output.destroy(error))
  try {
    await save(output)
    return await filled
  } catch (error) {
    stop.abort()
    // Nothing may be asked once the transaction is over.
    await filled.catch(() => {})
    throw error
  }
}

type Filling = Reading & {
  zip: yazl.ZipFile
  createdAt: Date
  signal: AbortSignal
}

async function fill(filling: Filling, report: Report): Promise<Manifest> {
  const { zip, createdAt, ask, isDistributed, config } = filling
  const keys = config.secretKeys ?? loadOrCreateSecret(config.dataDir)
  zip.addBuffer(Buffer.from(`${formatSecretKeys(keys)}\n`), secretFile, { mode })
  const tables: Manifest['tables'] = []
  const add = (title: string, name: string, lines: AsyncIterable<string>) =>
    addPart(filling, `${name}.ndjson`, counted(lines, `Saving ${title}`, report))
  for (const name of await listTables(ask)) {
    const lines = readTable(ask, name, isDistributed)
    tables.push({ name, ...(await add(name, `tables/${name}`, lines)) })
  }
  const jobs = await add('jobs', 'jobs', readJobs(ask))
  const avatars = await add('pictures', 'avatars', readAvatars(ask, config.dataDir))
  const manifest: Manifest = {
    format: 'kith-backup',
    format_version: 1,
    created_at: createdAt.toISOString(),
    kith: packageJson.version,
    migrations: (
      await ask<{ name: string }>('select name from migrations order by name collate "C"', [])
    ).map(({ name }) => name),
    tables,
    jobs,
    avatars,
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), manifestFile, { mode })
  zip.end()
  return manifest
}

/** Waits until the part is in the archive, or nothing more is asked for it. */
async function addPart(
  { zip, signal }: Pick<Filling, 'zip' | 'signal'>,
  file: string,
  lines: AsyncGenerator<string, Omit<Part, 'file'>>,
): Promise<Part> {
  const end: { part?: Omit<Part, 'file'> } = {}
  const stream = streamOf(noting(lines, (part) => (end.part = part)))
  const closed = once(stream, 'close')
  // What is not known to be small may pass 4 GiB.
  zip.addReadStream(addAbortSignal(signal, stream), file, { mode, forceZip64Format: true })
  await closed
  if (!end.part) throw new Error(`${file} broke off`)
  return { file, ...end.part }
}

async function* noting<T, End>(items: AsyncGenerator<T, End>, note: (end: End) => void) {
  note(yield* items)
}

/** Adds the ends of lines, and returns their number and checksum. */
async function* counted(
  lines: AsyncIterable<string>,
  step: string,
  report: Report,
): AsyncGenerator<string, Omit<Part, 'file'>> {
  const hash = createHash('sha256')
  let count = 0
  report(step, 0)
  for await (const line of lines) {
    const text = `${line}\n`
    hash.update(text)
    count++
    report(step, count)
    yield text
  }
  return { lines: count, sha256: hash.digest('hex') }
}

async function* readJobs(ask: Ask): AsyncGenerator<string> {
  if (await hasQueues(ask)) yield* readLines(ask, unfinishedJobs)
}

/** The users’ pictures. One that was replaced since the snapshot is gone, and comes back as none. */
async function* readAvatars(ask: Ask, dataDir: string): AsyncGenerator<string> {
  const keys = `select avatar_key as line from users where avatar_url like '${avatarPath}%'`
  for await (const key of readLines(ask, keys)) {
    const picture = await readAvatar(dataDir, key)
    if (picture) yield JSON.stringify({ key, webp: picture.toString('base64') })
  }
}

async function checkBackup(file: string, report: Report) {
  await using backup = await openBackup(file)
  await backup.check(report)
}
