import pg from 'pg'
import { isoTypes } from './ask.ts'
import { statementName } from './prepared.ts'

type Row = Record<string, unknown>
type Column = { name: string; parse: (text: string) => unknown }

/** What of `pg.Query` its client calls; its published types know only `submit`. */
interface Query {
  name: string | undefined
  callback: (error: Error | null) => void
  submit(connection: pg.Connection): void
  prepare(connection: pg.Connection): void
  handleRowDescription(message: { fields: pg.FieldDef[] }): void
  handleDataRow(message: { fields: (string | null)[] }): void
  handleCommandComplete(message: unknown): void
  handleReadyForQuery(): void
}
const Query = pg.Query as unknown as new (text: string, values: unknown[]) => Query

/**
 * A query that asks a connection only once for the columns of a prepared statement: they never
 * change, PostgreSQL rather refuses to run it. To send, read and look up the parsers of two dozen
 * columns costs more than the single row that most statements have.
 */
class Statement extends Query {
  #known: Map<string, Column[]> | undefined
  #columns: Column[] = []
  #rows: Row[] = []
  #failure: Error | null = null

  override prepare(connection: pg.Connection) {
    const { known, undescribed } = memoryOf(connection)
    const columns = this.name === undefined ? undefined : known.get(this.name)
    this.#known = known
    this.#columns = columns ?? []
    super.prepare(columns ? undescribed : connection)
  }

  override handleRowDescription({ fields }: { fields: pg.FieldDef[] }) {
    this.#columns = fields.map(({ name, dataTypeID }) => {
      return {
        name,
        parse: isoTypes.getTypeParser(dataTypeID, 'text') as unknown as Column['parse'],
      }
    })
    if (this.name !== undefined) this.#known?.set(this.name, this.#columns)
  }

  /** Each row as it comes, so that a long answer is read in pieces, with others in between. */
  override handleDataRow({ fields }: { fields: (string | null)[] }) {
    try {
      this.#rows.push(this.#rowOf(fields))
    } catch (error) {
      // Thrown from here, it would break the connection for all who use it.
      this.#failure ??= error instanceof Error ? error : new Error(String(error))
    }
  }

  override handleCommandComplete() {}

  override handleReadyForQuery() {
    this.callback(this.#failure)
  }

  /**
   * The rows, once: a statement that is done often gets into the old generation before it is
   * collected, and with what it received it would fill that with every page that is read.
   */
  takeRows(): Row[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #rowOf(fields: (string | null)[]): Row {
    const row: Row = {}
    this.#columns.forEach(({ name, parse }, index) => {
      const text = fields[index] ?? null
      row[name] = text === null ? null : parse(text)
    })
    return row
  }
}

type Memory = {
  /** The columns of statements by their names. */
  known: Map<string, Column[]>
  /** The same connection, by which no columns are asked for. */
  undescribed: pg.Connection
}

const memories = new WeakMap<pg.Connection, Memory>()

function memoryOf(connection: pg.Connection): Memory {
  const memory = memories.get(connection) ?? {
    known: new Map(),
    undescribed: Object.create(connection, { describe: { value: () => {} } }) as pg.Connection,
  }
  memories.set(connection, memory)
  return memory
}

/**
 * Runs a statement on a client in pipeline mode, prepared where it comes again and again.
 * @returns the rows, with the types of {@link isoTypes}
 */
export async function runStatement(
  client: pg.Client,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const statement = new Statement(text, values)
  statement.name = statementName(text)
  await new Promise<void>((resolve, reject) => {
    statement.callback = (error) => (error ? reject(error) : resolve())
    client.query(statement)
  })
  return statement.takeRows()
}
