import type { Ask } from './ask.ts'

/**
 * Has the other statements of a transaction planned for an average owner. The statistics may not know
 * this owner yet, and for a book that counts as empty the planner finds reading all of it for each
 * contact as good as any index. PostgreSQL keeps such plans until the tables are analysed again.
 */
export async function useGenericPlans(ask: Ask): Promise<void> {
  await ask(`set local plan_cache_mode = 'force_generic_plan'`, [])
}
