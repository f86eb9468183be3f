import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { startCloudinary } from '../../test/cloudinary.ts'
import { cloudinaryStorage } from './cloudinary.ts'
import { diskStorage, readAvatar } from './disk.ts'
import { newAvatarKey } from './storage.ts'

const folder = await mkdtempDisposable(join(tmpdir(), 'kith-avatars-'))
const cloudinary = await startCloudinary()
after(async () => {
  await cloudinary[Symbol.asyncDispose]()
  await folder.remove()
})

const storages = {
  'on the disk': {
    storage: diskStorage(folder.path),
    read: (key: string) => readAvatar(folder.path, key),
  },
  'at Cloudinary': {
    storage: await cloudinaryStorage(cloudinary.url),
    read: async (key: string) => cloudinary.pictures.get(`kith/avatars/${key}`),
  },
}

for (const [where, { storage, read }] of Object.entries(storages)) {
  describe(`avatars kept ${where}`, () => {
    it('are kept byte by byte, each at an address of its own', async () => {
      const [ada, bob] = [newAvatarKey(), newAvatarKey()]
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256))
      const addresses = await Promise.all([
        storage.put(ada, bytes),
        storage.put(bob, Buffer.from('Bob')),
      ])

      assert.deepEqual(await read(ada), bytes)
      assert.deepEqual(await read(bob), Buffer.from('Bob'))
      assert.ok(addresses[0].includes(ada) && addresses[1].includes(bob))
    })

    it('are removed, and removed again without complaint', async () => {
      const [ada, bob] = [newAvatarKey(), newAvatarKey()]
      await storage.put(ada, Buffer.from('Ada'))
      await storage.put(bob, Buffer.from('Bob'))
      await storage.remove(ada)
      await storage.remove(ada)

      assert.equal(await read(ada), undefined)
      assert.deepEqual(await read(bob), Buffer.from('Bob'))
    })
  })
}
