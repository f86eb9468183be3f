import assert from 'node:assert/strict'
import { mkdir, mkdtempDisposable } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { keepLog } from '../../test/log.ts'
import { cacheOfOther, serveCache } from './cache-socket.ts'
import { memoryCache } from './cache.ts'

const { log } = keepLog()
const newFolder = () => mkdtempDisposable(join(tmpdir(), 'kith-data-'))
const entry = { key: 'user:1', version: 2, value: { name: 'Ada' } }

describe('the cache of the process that has the data folder', () => {
  for (const deeper of ['', 'deep'.repeat(30)]) {
    it(`is put into by another one${deeper && ', in a folder with a long name'}`, async () => {
      await using folder = await newFolder()
      const dataDir = join(folder.path, deeper)
      await mkdir(dataDir, { recursive: true })
      const cache = memoryCache()
      await using _ = await serveCache(cache, dataDir, log)
      const other = cacheOfOther(dataDir)
      await other.put([entry])
      assert.deepEqual(await cache.get(['user:1']), [{ name: 'Ada' }])
      await other.put([{ ...entry, version: 1, value: null }])
      assert.deepEqual(await cache.get(['user:1']), [{ name: 'Ada' }])
      assert.deepEqual(await other.get(['user:1']), [undefined])
    })
  }

  it('need not be there', async () => {
    await using folder = await newFolder()
    await cacheOfOther(folder.path).put([entry])
  })

  it('is served again after a crash, and survives nonsense', async () => {
    await using folder = await newFolder()
    await using _crashed = await serveCache(memoryCache(), folder.path, log)
    const cache = memoryCache()
    await using _ = await serveCache(cache, folder.path, log)
    const socket = connect(join(folder.path, 'cache.sock'))
    socket.end('nonsense')
    assert.equal(await text(socket), '')
    await cacheOfOther(folder.path).put([entry])
    assert.deepEqual(await cache.get(['user:1']), [{ name: 'Ada' }])
  })
})
