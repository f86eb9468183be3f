import pg from 'pg'
import type { ContactRow } from './bare-rows.ts'
import { numbered, parametersOf, readSql, type Statement } from './sql.ts'

/** Values by the names of a statement's parameters. */
type Values = Record<string, unknown>
type Row = ContactRow & { total: number }
type Queryable = Pick<pg.Pool, 'query'>
type Ask = (values: Values) => Promise<Row[]>

// As many as the server opens.
const connections = 10

/** The statements in `sql/`, by a pool that prepares each one once for every connection. */
export function openStatements(databaseUrl: string) {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections, types })
  return {
    pool,
    /** The one statement of a file. */
    prepare(file: string): Ask {
      const [run] = runnersOf(file)
      if (!run) throw new Error(`sql/${file}.sql is empty`)
      return (values) => run(pool, values)
    },
    /** The statements of a file, one after the other. */
    prepareAll: (file: string): Ask[] =>
      runnersOf(file).map((run) => (values) => run(pool, values)),
  }
}

function runnersOf(file: string) {
  return readSql(file).map((statement, index) => runnerOf(statement, `${file}-${index}`))
}

function runnerOf(statement: Statement, name: string) {
  const text = numbered(statement)
  const names = parametersOf(statement)
  return async (db: Queryable, values: Values): Promise<Row[]> => {
    const result = await db.query<Row>({ name, text, values: names.map((key) => values[key]) })
    return result.rows
  }
}
