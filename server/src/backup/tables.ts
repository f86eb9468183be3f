import type { Ask } from '../db/ask.ts'

type Table = { name: string; refers_to: string[] }

// Of a table that an extension made, the extension itself takes care.
const ourTables = `
  select relname as name, array(
    select referred.relname::text from pg_constraint
    join pg_class referred on referred.oid = confrelid
    where conrelid = pg_class.oid and contype = 'f'
  ) as refers_to
  from pg_class
  where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
    and not relispartition and relname <> 'migrations'
    and not exists (
      select from pg_depend
      where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
    )
  order by relname`

/**
 * Every table of ours but the list of migrations, those that others refer to first. Read from the
 * database itself, so that none is forgotten; the job queue has a schema of its own.
 */
export async function listTables(ask: Ask): Promise<string[]> {
  const waiting = new Map<string, Table>()
  for (const table of await ask<Table>(ourTables, [])) waiting.set(table.name, table)
  const sorted: string[] = []
  while (waiting.size > 0) {
    const isFree = ({ name, refers_to }: Table) =>
      refers_to.every((other) => other === name || !waiting.has(other))
    const free = [...waiting.values()].filter(isFree)
    if (free.length === 0) throw new Error('tables refer to each other in a circle')
    for (const { name } of free) {
      waiting.delete(name)
      sorted.push(name)
    }
  }
  return sorted
}

/** The columns of a table that can be written, quoted. */
export async function listColumns(ask: Ask, table: string): Promise<string[]> {
  const rows = await ask<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
    where attrelid = quote_ident($1)::regclass and attnum > 0 and not attisdropped
      and attgenerated = ''
    order by attnum`,
    [table],
  )
  return rows.map(({ name }) => name)
}

/** A column of a primary key: its name, quoted, and its type. */
export type KeyColumn = { name: string; type: string }

/** The primary key of a table, which every one of ours has. */
export function listKeyColumns(ask: Ask, table: string): Promise<KeyColumn[]> {
  return ask<KeyColumn>(
    `select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type
    from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
    where indrelid = quote_ident($1)::regclass and indisprimary`,
    [table],
  )
}

/** The name as SQL spells it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
