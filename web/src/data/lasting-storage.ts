// Fewer contacts are soon read again.
const enoughContacts = 10
let isAsked = false

/** Asks the browser not to clear this site's storage, once there is something in it. */
export function askForLastingStorage(contacts: number): void {
  if (isAsked || contacts < enoughContacts) return
  isAsked = true
  // Absent without a secure context.
  const storage: StorageManager | undefined = navigator.storage
  void storage?.persist().catch(() => {})
}
