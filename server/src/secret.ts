import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OperatorError } from './operator-error.ts'

const minBytes = 32

/**
 * Parses SECRET_KEY: keys of 32 bytes or more, separated by commas, each as hex when all its
 * characters are hex digits, else as base64url. The first signs, all verify.
 * @throws Error that says what is wrong with the setting
 */
export function parseSecretKeys(text: string): Buffer[] {
  return text.split(',').map((part) => parseSecretKey(part.trim()))
}

/** The embedded default's own key: made at the first start, kept beside the data it protects. */
export function loadOrCreateSecret(dataDir: string): Buffer[] {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) makeSecret(file)
  try {
    return parseSecretKeys(readFileSync(file, 'utf8').trim())
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new OperatorError(`The secret in ${file} ${reason}. Bring it back from a backup.`)
  }
}

/** The inverse of {@link parseSecretKeys}. */
export function formatSecretKeys(keys: Buffer[]): string {
  return keys.map((key) => key.toString('hex')).join(',')
}

/** Keeps the secret of a backup as the data folder's own. @throws Error when there is one */
export function writeSecret(dataDir: string, text: string): void {
  writeFileSync(join(dataDir, 'secret'), `${text}\n`, { mode: 0o600, flag: 'wx', flush: true })
}

/** Whole or not at all, whenever the power fails: what is signed with it must stay valid. */
function makeSecret(file: string) {
  const unfinished = `${file}.${randomBytes(8).toString('hex')}`
  const key = `${randomBytes(minBytes).toString('hex')}\n`
  writeFileSync(unfinished, key, { mode: 0o600, flag: 'wx', flush: true })
  try {
    // Unlike a rename, a link never replaces what another process has made meanwhile.
    linkSync(unfinished, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(unfinished)
  }
}

function parseSecretKey(text: string): Buffer {
  const isHex = /^[0-9a-f]+$/i.test(text)
  if (isHex && text.length % 2 === 1) throw new Error('has an odd number of hex digits')
  if (!isHex && !/^[\w-]+$/.test(text)) throw new Error('must be written in hex or base64url')
  const key = Buffer.from(text, isHex ? 'hex' : 'base64url')
  if (key.length < minBytes) throw new Error(`must be ${minBytes} bytes or more, not ${key.length}`)
  if (isGuessable(key, text)) throw new Error('is a known example')
  return key
}

/** Thirty-two random bytes have fewer than 12 different values once in many universes. */
function isGuessable(key: Buffer, text: string): boolean {
  return new Set(key).size < 12 || /change|secret|example|password|your[-_]?key/i.test(text)
}
