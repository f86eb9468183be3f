const dayMs = 86_400_000
/** How long the server keeps what was deleted. */
const keptDays = 30

/** Whole days until a contact of the trash is gone; 0 on its last one. */
export function daysLeft(deletedAt: string, now = Date.now()): number {
  const left = Date.parse(deletedAt) + keptDays * dayMs - now
  return Math.max(0, Math.floor(left / dayMs))
}
