import type { Api } from './api.ts'
import type { BookDatabase } from './database.ts'

export type Photos = {
  /** The picture of a path at a size; null where there is none, or none can be had now. */
  get: (path: string, size: 96 | 512) => Promise<Blob | null>
  use: () => Promise<{ photos: number; photoBytes: number }>
  /** Lets all go. */
  clear: () => Promise<void>
}

const maxBytes = 50 * 1024 * 1024
const callsAtOnce = 4

/** Photos by their paths, each another one with every photo; those not seen for the longest time go first. */
export function createPhotos(api: Api, database: BookDatabase): Photos {
  const waiting = new Map<string, Promise<Blob | null>>()
  const queue: (() => void)[] = []
  let running = 0
  let keptBytes: number | null = null

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= callsAtOnce) {
      const { promise, resolve } = Promise.withResolvers<void>()
      queue.push(resolve)
      await promise
    }
    running++
    try {
      return await work()
    } finally {
      running--
      queue.shift()?.()
    }
  }

  async function load(path: string): Promise<Blob | null> {
    const stored = await database.get('photos', path)
    if (stored) {
      void database.put('photos', { ...stored, seenAt: Date.now() }).catch(() => {})
      return stored.blob
    }
    const blob = await inTurn(() => fetchPhoto(api, path))
    // Without room it is shown, and fetched again next time.
    if (blob) await keep(path, blob).catch(() => {})
    return blob
  }

  async function keep(path: string, blob: Blob): Promise<void> {
    keptBytes ??= (await use()).photoBytes
    await database.put('photos', { path, blob, seenAt: Date.now() })
    keptBytes += blob.size
    if (keptBytes > maxBytes) await dropOldest(keptBytes - maxBytes)
  }

  async function dropOldest(bytes: number): Promise<void> {
    const tx = database.transaction('photos', 'readwrite')
    let left = bytes
    let cursor = await tx.store.index('seenAt').openCursor()
    while (cursor && left > 0) {
      left -= cursor.value.blob.size
      await cursor.delete()
      cursor = await cursor.continue()
    }
    await tx.done
    keptBytes = null
  }

  async function use() {
    const stored = await database.getAll('photos')
    const photoBytes = stored.reduce((sum, { blob }) => sum + blob.size, 0)
    return { photos: stored.length, photoBytes }
  }

  return {
    get(path, size) {
      const full = `${path}${path.includes('?') ? '&' : '?'}size=${size}`
      const loading = waiting.get(full) ?? load(full).finally(() => waiting.delete(full))
      waiting.set(full, loading)
      return loading
    },
    use,
    async clear() {
      await database.clear('photos')
      keptBytes = null
    },
  }
}

async function fetchPhoto(api: Api, path: string): Promise<Blob | null> {
  try {
    return await (await api.request(path)).blob()
  } catch {
    return null
  }
}
