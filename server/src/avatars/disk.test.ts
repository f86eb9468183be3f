import assert from 'node:assert/strict'
import { mkdir, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { AppError } from '../errors.ts'
import { diskStorage, readAvatar } from './disk.ts'
import { newAvatarKey } from './storage.ts'

const temporaryFolder = () => mkdtempDisposable(join(tmpdir(), 'kith-avatars-'))

describe('avatars on the disk', () => {
  it('are whole files with nothing beside them', async () => {
    await using folder = await temporaryFolder()
    const key = newAvatarKey()
    const address = await diskStorage(folder.path).put(key, Buffer.from('picture'))

    assert.equal(address, `/media/avatars/${key}.webp`)
    assert.deepEqual(await readdir(join(folder.path, 'avatars')), [`${key}.webp`])
  })

  it('are neither written, read nor removed outside their folder', async () => {
    await using folder = await temporaryFolder()
    const outside = join(folder.path, 'outside.webp')
    await writeFile(outside, 'secret')
    await mkdir(join(folder.path, 'avatars'))
    const storage = diskStorage(folder.path)
    const keys = ['../outside', '', 'A'.repeat(32), `${newAvatarKey()}\0`, `${newAvatarKey()}\n`]
    for (const key of keys) {
      await assert.rejects(async () => storage.put(key, Buffer.from('other')))
      await assert.rejects(async () => storage.remove(key))
      await assert.rejects(readAvatar(folder.path, key))
    }
    assert.deepEqual((await readdir(folder.path)).sort(), ['avatars', 'outside.webp'])
    assert.deepEqual(await readdir(join(folder.path, 'avatars')), [])
  })

  it('that cannot be written leave nothing, and say so in plain words', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'avatars'), 'a file where the folder should be')
    await assert.rejects(
      diskStorage(folder.path).put(newAvatarKey(), Buffer.from('picture')),
      (error) => {
        assert.ok(error instanceof AppError)
        assert.equal(error.code, 'avatar_storage_failed')
        assert.doesNotMatch(error.message, /EEXIST|ENOTDIR|avatars/)
        return true
      },
    )
  })
})
