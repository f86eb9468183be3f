import type { Ask } from './ask.ts'

/**
 * Has the rest of a transaction's statements planned for the tables as they are: a plan from when they
 * were almost empty is no good for a book that grows by thousands.
 */
export async function planAnew(ask: Ask): Promise<void> {
  await ask(`set local plan_cache_mode = 'force_custom_plan'`, [])
}
