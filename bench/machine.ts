import { execFileSync } from 'node:child_process'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { findPostgres } from '../server/test/postgres.ts'
import { findRedis } from '../server/test/programs.ts'

/** What the figures depend on, to stand beside them. */
export function describeMachine() {
  const [cpu] = cpus()
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    postgres: versionFrom(findPostgres()?.folder, (folder) => [`${folder}/postgres`, '--version']),
    redis: versionFrom(findRedis(), (file) => [file, '--version']),
  }
}

function versionFrom(found: string | undefined, command: (found: string) => [string, string]) {
  if (!found) return null
  const [file, argument] = command(found)
  const text = execFileSync(file, [argument], { encoding: 'utf8' })
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? text.trim()
}
