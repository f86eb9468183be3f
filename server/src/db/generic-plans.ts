import type { Ask } from './ask.ts'

/**
 * Has the rest of a transaction's statements planned for an average owner instead of for this one,
 * whom the statistics may not know yet: in a book that counts as empty, to go through all of it for
 * each contact that is looked for seems as good as any index. PostgreSQL keeps such plans until the
 * tables are analysed again.
 */
export async function useGenericPlans(ask: Ask): Promise<void> {
  await ask(`set local plan_cache_mode = 'force_generic_plan'`, [])
}
