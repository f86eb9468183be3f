// Writes in more than one table, as lists of steps. One statement runs all of them where the database is
// one server; where it is distributed, a transaction runs them one by one, each on the shard of its owner.
// A step reads of the others only what they returned, so that both ways see the same.

/** Rows that a step reads beside tables: what an earlier step returned, or records in a parameter. */
export type Source = {
  name: string
  holds: 'one row' | 'rows' | 'records'
  /** The columns that are read, with their types. */
  columns: string
  /** The placeholder of the records, as JSON. */
  place?: string
}

/** A step that returns one row or none, with the columns that later steps read. */
export function oneRow(name: string, columns: string): Source {
  return { name, holds: 'one row', columns }
}

/** The same of any number of rows. */
export function manyRows(name: string, columns: string): Source {
  return { name, holds: 'rows', columns }
}

/** Records of JSON in a parameter. */
export function recordsIn(place: string, name: string, columns: string): Source {
  return { name, holds: 'records', columns, place }
}

/** How sources stand in the SQL of a step. */
type Form = {
  /** Behind a keyword, or nothing where no source needs to be named. */
  list(keyword: string, sources: readonly Source[], separator: string): string
  insertion(insertion: Insertion): string
}

/** SQL whose sources depend on how the write is run. */
export type Fragment = (form: Form) => string
type Part = string | Fragment

/** The SQL of a step: text as it is, and what the functions below make. */
export function sql(texts: TemplateStringsArray, ...parts: Part[]): Fragment {
  return (form) => String.raw({ raw: texts }, ...parts.map((part) => rendered(part, form)))
}

function rendered(part: Part, form: Form): string {
  return typeof part === 'string' ? part : part(form)
}

/** The sources that a change of rows reads. */
export function from(...sources: Source[]): Fragment {
  return (form) => form.list(' from ', sources, ', ')
}

/** The sources that a deletion reads. */
export function using(...sources: Source[]): Fragment {
  return (form) => form.list(' using ', sources, ', ')
}

/** Further sources behind a table or function. */
export function also(...sources: Source[]): Fragment {
  return (form) => form.list(', ', sources, ', ')
}

type Insertion = {
  /** The values of the columns, with `name.column` for what a source holds. */
  values: string
  from?: readonly Source[]
  where?: string | undefined
  /** A source with whose rows nothing is inserted. */
  unless?: Source
}

/** The rows that an insertion makes: one for each row of its sources. */
export function rowsOf(insertion: Insertion): Fragment {
  return (form) => form.insertion(insertion)
}

export type Step = { source: Source; sql: Fragment }

/** A step, by the source that it is to later ones, or only a name where none of them reads it. */
export function step(source: Source | string, text: Fragment): Step {
  return { source: typeof source === 'string' ? oneRow(source, '') : source, sql: text }
}

/** A write in both forms. */
export type Write = {
  /** All steps in one statement. */
  statement: string
  /** A statement for each. */
  steps: readonly PlainStep[]
  /** The step whose rows are the answer. */
  answer: string
}

type Definition = {
  records?: readonly Source[]
  steps: readonly Step[]
  /** The step whose rows are the answer, and which of its columns; the last one's where nothing is said. */
  answer?: { of: Source; columns?: string }
}

/** Makes both forms of a write, once: the same text again finds its prepared statement at once. */
export function writeOf({ records = [], steps, answer }: Definition): Write {
  return {
    statement: statementOf(records, steps, answer),
    steps: steps.map(plainStep),
    answer: answer?.of.name ?? steps.at(-1)?.source.name ?? '',
  }
}

/** The text of a statement, or of a write in one. */
export function textOf(statement: string | Write): string {
  return typeof statement === 'string' ? statement : statement.statement
}

function statementOf(
  records: readonly Source[],
  steps: readonly Step[],
  answer: Definition['answer'],
): string {
  const parts = steps.map((one) => ({ name: one.source.name, text: one.sql(inOneStatement) }))
  const last = answer
    ? `select ${answer.columns ?? '*'} from ${answer.of.name}`
    : (parts.pop()?.text ?? '')
  const named = [...records.map((one) => ({ name: one.name, text: selectRecords(one) })), ...parts]
  const list = named.map(({ name, text }) => `${name} as (\n      ${text}\n    )`)
  return list.length === 0 ? last : `with ${list.join(',\n    ')}\n    ${last}`
}

const inOneStatement: Form = {
  list: (keyword, sources, separator) =>
    `${keyword}${sources.map(({ name }) => name).join(separator)}`,
  insertion({ values, from: sources = [], where, unless }) {
    const conditions = [where, unless && `not exists (select from ${unless.name})`].filter(Boolean)
    const list = sources.length > 0 ? ` from ${sources.map(({ name }) => name).join(', ')}` : ''
    return conditions.length === 0 && list === ''
      ? `values (${values})`
      : `select ${values}${list}${whereAll(conditions)}`
  },
}

function whereAll(conditions: unknown[]): string {
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
}

function selectRecords(source: Source): string {
  return `select * from ${recordset(source)}`
}

function recordset({ name, columns, place }: Source): string {
  return `json_to_recordset(${place ?? `$${name}`}::json) as ${name} (${columns})`
}

/** A value of a plain statement: a parameter of the write, or of rows that an earlier step returned. */
export type Value =
  | { at: number }
  | { step: string; column: string }
  /** All rows, as JSON. */
  | { step: string }

/** A step as a statement of its own. */
export type PlainStep = {
  name: string
  text: string
  values: readonly Value[]
  /** The steps without whose rows there is nothing to do. */
  needs: readonly string[]
  /** The steps with whose rows there is nothing to do. */
  avoids: readonly string[]
}

function plainStep({ source, sql: fragment }: Step): PlainStep {
  const read = new Set<Source>()
  const avoided = new Set<Source>()
  const text = withRowsAsValues(fragment(asPlain(read, avoided)), [...read])
  const values: Value[] = []
  const known = new Map<string, string>()
  const numbered = text.replaceAll(/\$(\w+)(?:\.(\w+))?/g, (all, name: string, column?: string) =>
    known.getOrInsertComputed(all, () => `$${values.push(valueOf(name, column))}`),
  )
  return {
    name: source.name,
    text: numbered,
    values,
    needs: namesOf([...read].filter(({ holds }) => holds !== 'records')),
    avoids: namesOf([...avoided]),
  }
}

function valueOf(name: string, column: string | undefined): Value {
  if (/^\d+$/.test(name)) return { at: Number(name) - 1 }
  return column === undefined ? { step: name } : { step: name, column }
}

function namesOf(sources: readonly Source[]): string[] {
  return sources.map(({ name }) => name)
}

/** Notes which sources are read. One row becomes values, so that only more are named. */
function asPlain(read: Set<Source>, avoided: Set<Source>): Form {
  const named = (sources: readonly Source[]) => {
    for (const source of sources) read.add(source)
    return sources.filter(({ holds }) => holds !== 'one row').map(recordset)
  }
  return {
    list(keyword, sources, separator) {
      const list = named(sources)
      return list.length === 0 ? '' : `${keyword}${list.join(separator)}`
    },
    insertion({ values, from: sources = [], where, unless }) {
      if (unless) avoided.add(unless)
      const list = named(sources)
      // Distributed databases take one row as plain values by a shorter way, but no sub-select in it.
      if (list.length === 0 && !where && !values.includes('(select')) return `values (${values})`
      const behind = list.length === 0 ? '' : ` from ${list.join(', ')}`
      return `select ${values}${behind}${where ? ` where ${where}` : ''}`
    },
  }
}

function withRowsAsValues(text: string, read: readonly Source[]): string {
  return read.filter(({ holds }) => holds === 'one row').reduce(withRowAsValues, text)
}

/** @throws Error where the text has the name of the source for anything but its columns */
function withRowAsValues(text: string, { name, columns }: Source): string {
  const types = new Map(columns.split(', ').map((one) => one.split(' ') as [string, string]))
  const result = text.replaceAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'), (_, column: string) => {
    const type = types.get(column)
    if (!type) throw new Error(`a step reads ${name}.${column}, which has no type`)
    return `$${name}.${column}::${type}`
  })
  const literal = /'[^']*'/g
  const isInLiterals = (text.match(literal) ?? []).some((one) => one.includes(`${name}.`))
  const hasOther = new RegExp(`(?<!\\$)\\b${name}\\b`).test(result.replaceAll(literal, ''))
  if (isInLiterals || hasOther) {
    throw new Error(`a step reads ${name}, and has that name for something else too`)
  }
  return result
}
