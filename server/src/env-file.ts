import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { settingNames } from './config.ts'
import { nearest } from './nearest.ts'
import { OperatorError } from './operator-error.ts'

/** A name in `.env` that is no setting, and the setting that was meant perhaps. */
export type UnknownSetting = { name: string; near: string | undefined }

const file = '.env'
const known = new Set<string>(settingNames)
/** What Node, its libraries and the client of PostgreSQL read from the environment. */
const readByOthers = /^(?:NODE_|UV_|OPENSSL_|SSL_CERT_|PG)|^TZ$|^(?:https?|no|all)_proxy$/i

/** Adds the settings of `.env` in the working folder, if there is one. The environment wins. */
export function loadEnvFile(): void {
  for (const [name, value] of Object.entries(readEnvFile())) process.env[name] ??= value
}

/** The names in `.env` that nobody reads. Of the environment nobody can know what else it is for. */
export function findUnknownSettings(): UnknownSetting[] {
  return Object.keys(readEnvFile())
    .filter((name) => !known.has(name) && !readByOthers.test(name))
    .map((name) => ({ name, near: nearest(name.toUpperCase(), settingNames) }))
}

function readEnvFile(): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    const reason = error instanceof Error ? error.message : String(error)
    throw new OperatorError(`The settings in ${file} cannot be read: ${reason}.`)
  }
}
