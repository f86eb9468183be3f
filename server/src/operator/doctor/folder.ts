import { constants } from 'node:fs'
import { existsSync, statSync } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { loadOrCreateSecret } from '../../secret.ts'
import { size } from '../layout.ts'
import { findingsOf, reasonOf, type Finding } from './finding.ts'

const folder = findingsOf('Data folder')
const secret = findingsOf('Secret')
const megabyte = 1_000_000

/** Room, and who may read and write. */
export async function checkFolder({ dataDir }: Config): Promise<Finding[]> {
  if (!existsSync(dataDir)) return [folder.ok(`${dataDir} is made at the first start`)]
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    return [await checkAccess(dataDir), await checkRoom(dataDir)]
  } catch (error) {
    const advice = 'run this as the user who runs the server, or give that user the folder'
    return [folder.problem(`${dataDir} cannot be used: ${reasonOf(error)}`, advice)]
  }
}

async function checkAccess(dataDir: string): Promise<Finding> {
  const { mode, uid } = await stat(dataDir)
  const us = process.getuid?.() ?? uid
  if (uid !== us) {
    return folder.warning(
      `${dataDir} belongs to another user than the one who runs this`,
      'run this as the user who runs the server',
    )
  }
  return (mode & 0o077) === 0 || process.platform === 'win32'
    ? folder.ok(`${dataDir}, for its user alone`)
    : folder.warning(`others on this machine can look into ${dataDir}`, `chmod 700 ${dataDir}`)
}

async function checkRoom(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  const text = `${size(free)} free`
  if (free < 100 * megabyte) return folder.problem(text, 'make room: a full disk stops the server')
  if (free < 1000 * megabyte) return folder.warning(text, 'make room soon')
  return folder.ok(text)
}

/** The keys that sign the tokens. */
export function checkSecret({ secretKeys, dataDir }: Config): Finding[] {
  if (secretKeys) return [secret.ok('from SECRET_KEY')]
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) return [secret.ok('is made at the first start')]
  try {
    loadOrCreateSecret(dataDir)
    const isShown = (statSync(file).mode & 0o077) !== 0 && process.platform !== 'win32'
    return [
      isShown
        ? secret.warning(`others on this machine can read ${file}`, `chmod 600 ${file}`)
        : secret.ok(file),
    ]
  } catch (error) {
    return [secret.problem(reasonOf(error), 'bring the file back from a backup')]
  }
}
