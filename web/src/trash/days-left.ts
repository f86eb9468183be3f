const dayMs = 86_400_000
/** How long the server keeps what was deleted. */
const keptDays = 30

/** Days until a contact of the trash is gone, with the one that has begun; 0 where it is to be gone already. */
export function daysLeft(deletedAt: string, now = Date.now()): number {
  const left = Math.ceil((Date.parse(deletedAt) - now) / dayMs) + keptDays
  // The clock of this device may be behind that of the server.
  return Math.min(keptDays, Math.max(0, left))
}
