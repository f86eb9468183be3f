/** Whether the browser has no more room for this origin. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}

export type Disk = {
  /** Lets go what can be fetched again. */
  makeRoom: () => Promise<void>
  setFull: (isFull: boolean) => void
}

/**
 * Writes, and once more with more room where there was none.
 * @throws what the last attempt threw
 */
export async function withRoom<T>(disk: Disk, write: () => Promise<T>): Promise<T> {
  for (let isLast = false; ; isLast = true) {
    try {
      const written = await write()
      disk.setFull(false)
      return written
    } catch (error) {
      const isFull = isDiskFull(error)
      if (isFull && isLast) disk.setFull(true)
      if (!isFull || isLast) throw error
      await disk.makeRoom().catch(() => {})
    }
  }
}
