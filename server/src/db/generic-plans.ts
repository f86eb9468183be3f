import type { Ask } from './ask.ts'

/**
 * Has the other statements of a transaction planned for an average owner, and by the indexes. The
 * statistics may not know this owner yet: for a book or a table that counts as empty the planner finds
 * reading all of it for each contact as good as any index. PostgreSQL keeps such plans until the tables are
 * analysed again. Citus finds the shard of a statement by its values, which a generic plan lacks, and
 * refuses most of them: there, nothing is changed.
 */
export async function useGenericPlans(ask: Ask): Promise<void> {
  await ask(
    `select set_config('plan_cache_mode', 'force_generic_plan', true),
      set_config('enable_seqscan', 'off', true)
    where not exists (select from pg_extension where extname = 'citus')`,
    [],
  )
}
