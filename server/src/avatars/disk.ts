import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import type { AvatarStorage } from './storage.ts'

/** Under which path browsers find pictures that are kept here. */
export const avatarPath = '/media/avatars/'

const keyPattern = /^[0-9a-f]{32}$/

/** Keeps avatars as files in the data folder; `routes.ts` serves them. */
export function diskStorage(dataDir: string): AvatarStorage {
  return {
    async put(key, webp) {
      const path = pathOf(dataDir, key)
      try {
        await mkdir(folderIn(dataDir), { recursive: true })
        await writeWhole(path, webp)
      } catch (cause) {
        throw new AppError(
          'upstream_failed',
          'avatar_storage_failed',
          'The picture could not be stored. Try again later.',
          { cause },
        )
      }
      return `${avatarPath}${key}.webp`
    },
    remove: (key) => rm(pathOf(dataDir, key), { force: true }),
  }
}

/** The key of a picture that is kept here, by its path; undefined for any other address. */
export function keyIn(path: string): string | undefined {
  if (!path.startsWith(avatarPath) || !path.endsWith('.webp')) return undefined
  const key = path.slice(avatarPath.length, -'.webp'.length)
  return keyPattern.test(key) ? key : undefined
}

/** A kept picture, or undefined when there is none of this key. */
export async function readAvatar(dataDir: string, key: string): Promise<Buffer | undefined> {
  try {
    return await readFile(pathOf(dataDir, key))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Under its name a file is whole or not there, even after a loss of power. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.new`
  try {
    await using file = await open(temporary, 'wx')
    await file.writeFile(bytes)
    await file.sync()
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

function folderIn(dataDir: string): string {
  return join(dataDir, 'avatars')
}

function pathOf(dataDir: string, key: string): string {
  if (!keyPattern.test(key)) throw new Error('not the key of an avatar')
  return join(folderIn(dataDir), `${key}.webp`)
}
