import { readFileSync } from 'node:fs'

/** One statement of a file in `sql/`, its parameters written `:name`. */
export type Statement = {
  text: string
  /** pgbench keeps the columns of the answer as `:<prefix><column>` for the statements behind it. */
  keepAs: string | null
}

// Quoted texts and casts are passed over; the last alternative is a parameter.
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:([a-z]\w*)/g
const numberedTokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\d+/g

/** Reads `sql/<name>.sql`: statements that end in `;`, or in pgbench's `\gset <prefix>`. */
export function readSql(name: string): Statement[] {
  const file = readFileSync(new URL(`sql/${name}.sql`, import.meta.url), 'utf8')
  return parseSql(file)
}

export function parseSql(source: string): Statement[] {
  const withoutComments = source.replaceAll(/^--.*\n/gm, '')
  return [...withoutComments.matchAll(/(.+?)(?:;|\\gset (\w+))[ \t]*(?:\n|$)/gs)].map(
    ([, text = '', keepAs = null]) => ({ text: text.trim(), keepAs }),
  )
}

/** The names of the parameters, in the order in which they stand. */
export function parametersOf({ text }: Statement): string[] {
  return [...text.matchAll(tokens)].flatMap(([, name]) => (name === undefined ? [] : [name]))
}

/** Writes something else for each parameter. */
export function replaceParameters(
  { text }: Statement,
  replacement: (name: string) => string,
): string {
  return text.replaceAll(tokens, (token, name?: string) => (name ? replacement(name) : token))
}

/** As a driver sends it: `$1`, `$2` … in the order of {@link parametersOf}. */
export function numbered(statement: Statement): string {
  let number = 0
  return replaceParameters(statement, () => `$${++number}`)
}

/** What stays the same however parameters are named, numbered and lines broken. */
export function shapeOf(sent: string): string {
  return sent
    .replaceAll(numberedTokens, (token) => (token.startsWith('$') ? '?' : token))
    .replaceAll(/\s+/g, ' ')
    .trim()
}
