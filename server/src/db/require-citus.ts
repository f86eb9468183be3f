import { sql } from 'kysely'
import { OperatorError } from '../operator-error.ts'
import type { Database } from './database.ts'

const oldestVersion = 12

/**
 * Refuses a database whose tables cannot be distributed now.
 * @throws OperatorError that says why, and what to do
 */
export async function requireCitus(db: Database): Promise<void> {
  const version = await versionOf(db)
  if (version === undefined) {
    throw new OperatorError(
      `The database has no Citus. Install Citus ${oldestVersion} or newer on every node, add citus to ` +
        'shared_preload_libraries, and run "create extension citus" in this database.',
    )
  }
  if (Number.parseInt(version, 10) < oldestVersion) {
    throw new OperatorError(`Citus ${oldestVersion} or newer is needed, and this is ${version}.`)
  }
  if (!(await hasWorker(db))) {
    throw new OperatorError(
      'No node can hold shards. Add the first one on the coordinator: ' +
        `select citus_add_node('HOST', 5432).`,
    )
  }
  const away = await nodesAway(db)
  if (away.length > 0) {
    throw new OperatorError(
      `Every node must answer while tables are distributed, and ${away.join(', ')} does not. ` +
        'Start it, or remove it with citus_remove_node.',
    )
  }
}

async function versionOf(db: Database): Promise<string | undefined> {
  const { rows } = await sql<{ version: string }>`
    select extversion as version from pg_extension where extname = 'citus'`.execute(db)
  return rows[0]?.version
}

async function hasWorker(db: Database): Promise<boolean> {
  const { rows } = await sql`
    select from pg_dist_node
    where noderole = 'primary' and isactive and shouldhaveshards limit 1`.execute(db)
  return rows.length > 0
}

/** Each node tries to reach each; one that cannot be asked has no results. */
async function nodesAway(db: Database): Promise<string[]> {
  const { rows } = await sql<{ node: string }>`
    select distinct case when result is null then from_nodename || ':' || from_nodeport
      else to_nodename || ':' || to_nodeport end as node
    from citus_check_cluster_node_health() where result is distinct from true
    order by node`.execute(db)
  return rows.map(({ node }) => node)
}
