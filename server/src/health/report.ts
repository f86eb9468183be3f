import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import packageJson from '../../package.json' with { type: 'json' }
import { readMailQueue } from '../jobs/mail-queue.ts'
import type { Services } from '../services.ts'
import type { HealthReport } from './schema.ts'

const goodStates = new Set(['ok', 'not_used'])
const lowOctets = 1_000_000_000

/** Every part with its state. @throws Error when the database does not answer */
export async function reportHealth(services: Services): Promise<HealthReport> {
  const [database, redis, mail_queue, storage] = await Promise.all([
    databaseState(services),
    redisState(services),
    mailState(services),
    storageState(services),
  ])
  const isGood = [redis, mail_queue, storage].every(({ status }) => goodStates.has(status))
  const status = isGood ? 'ok' : 'degraded'
  return { status, version: packageJson.version, database, redis, mail_queue, storage }
}

async function databaseState({ db, config }: Services) {
  const start = performance.now()
  const { rows } = await sql<{ version: string }>`
    select split_part(current_setting('server_version'), ' ', 1) as version`.execute(db)
  const latency_ms = Math.round((performance.now() - start) * 10) / 10
  const kind = config.databaseUrl ? 'postgresql' : 'embedded'
  return { status: 'ok', kind, version: rows[0]?.version ?? '', latency_ms }
}

async function redisState({ redis }: Services) {
  if (!redis) return { status: 'not_used' }
  const answer = await redis.run((client) => client.ping())
  return { status: answer === undefined ? 'away' : 'ok' }
}

async function mailState({ db, config }: Services) {
  const { waiting, delayed } = await readMailQueue(db)
  const transport = config.smtpUrl ? 'smtp' : 'files'
  return { status: delayed > 0 ? 'delayed' : 'ok', transport, waiting, delayed }
}

async function storageState({ config: { dataDir, cloudinaryUrl } }: Services) {
  const avatars = cloudinaryUrl ? 'cloudinary' : 'disk'
  try {
    const { bavail, bsize } = await statfs(dataDir)
    const free_octets = bavail * bsize
    return { status: free_octets < lowOctets ? 'low' : 'ok', avatars, free_octets }
  } catch {
    return { status: 'away', avatars, free_octets: 0 }
  }
}
