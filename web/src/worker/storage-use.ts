import type { Account } from './account.ts'
import type { StorageUse } from './calls.ts'

/** What this device keeps of an account beside its contacts. */
export async function storageUse({ photos }: Account): Promise<StorageUse> {
  // Absent without a secure context.
  const storage: StorageManager | undefined = navigator.storage
  return {
    bytes: (await storage?.estimate())?.usage ?? null,
    ...(await (await photos()).use()),
    persisted: (await storage?.persisted()) ?? null,
    worksOffline: globalThis.isSecureContext,
  }
}

/** Reads everything anew; what was not sent stays. */
export async function downloadAgain({ book, photos, syncing }: Account): Promise<void> {
  await (await photos()).clear()
  await book.write(true, (edit) => edit.setMeta({ token: undefined }))
  await syncing.now()
}
