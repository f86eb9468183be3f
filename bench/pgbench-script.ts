import { monthDayRanges } from '../server/src/birthdays/upcoming.ts'
import { wordPatterns } from '../server/src/book/search-words.ts'
import { columnsVersion } from '../server/src/contacts/store/columns.ts'
import { completeEvery, today, type Dataset } from './dataset.ts'
import { contactId, idSql, idsPerUser } from './ids.ts'
import { searches } from './scenarios.ts'
import { parametersOf, replaceParameters, type Statement } from './sql.ts'

/**
 * How a parameter is drawn for every transaction: `\set` commands, and the SQL that uses them. All
 * scripts of a mixture share their variables, so none may be called like a constant.
 */
type Drawn = { sets: string[]; sql: string }

const user = 'user random(0, :active - 1) * :stride + 1'
const drawn: Record<string, Drawn> = {
  owner: { sets: [user], sql: idSql('user', ':user') },
  id: {
    sets: [user, `contact :user * ${idsPerUser} + random(0, :contacts - 1)`],
    sql: idSql('contact', ':contact'),
  },
  complete_id: {
    sets: [
      user,
      `complete :user * ${idsPerUser} + ${completeEvery} * random(0, (:contacts - 1) / ${completeEvery})`,
    ],
    sql: idSql('contact', ':complete'),
  },
  new_id: { sets: [`new random(0, ${2 ** 47})`], sql: idSql('added', ':new') },
  note: { sets: ['note random(10000000, 99999999)'], sql: ':note' },
  // What is the same in all contacts that are written here.
  doc: { sets: [], sql: "'{}'" },
  uid: { sets: [], sql: 'null' },
  label_ids: { sets: [], sql: "'{}'" },
  photo_hash: { sets: [], sql: 'null' },
  proj_version: { sets: [], sql: String(columnsVersion) },
  card_etag: { sets: [], sql: 'null' },
  card_size: { sets: [], sql: 'null' },
  via: { sets: [], sql: "'api'" },
  operation: { sets: [], sql: "'changed'" },
  state: { sets: [], sql: "'{}'" },
  first_patterns: patternsOfWord(0),
  second_patterns: patternsOfWord(1),
}

/**
 * The statements as a script for `pgbench -M prepared`. Where the server passes an id or a pattern,
 * a constant expression stands that makes it from random numbers; it is computed once for each
 * statement and costs about a microsecond.
 */
export function pgbenchScript(statements: Statement[]): string {
  const sets = statements.flatMap(parametersOf).flatMap((name) => drawn[name]?.sets ?? [])
  return [
    ...[...new Set(sets)].map((set) => `\\set ${set}`),
    ...statements.map((statement) => {
      const text = withoutColonsInQuotes(
        replaceParameters(statement, (name) => drawn[name]?.sql ?? `:${name}`),
      )
      return statement.keepAs ? `${text} \\gset ${statement.keepAs}` : `${text};`
    }),
    '',
  ].join('\n')
}

/** What stays the same in all transactions, for `-D`. */
export function pgbenchConstants(dataset: Dataset): Record<string, string | number> {
  const { active, stride, contacts, deepKey, completeRows } = dataset
  const [range] = monthDayRanges(today, 7)
  const [row] = completeRows
  if (!range || !row) throw new Error('there is nothing to ask for')
  return {
    active,
    stride,
    contacts,
    // One more than the page, which tells whether there is a next one.
    limit: 51,
    skip: 0,
    after_key: deepKey,
    after_id: contactId(0, 0),
    from_md: range.from,
    to_md: range.to,
    one: 1,
    ...Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value ?? ''])),
  }
}

function patternsOfWord(word: number): Drawn {
  const arrays = searches.map((text) => quoted(arrayText(wordPatterns(text)[word] ?? [])))
  return {
    sets: [`words random(1, ${searches.length})`],
    sql: `(array[${arrays.join(', ')}])[:words]`,
  }
}

function arrayText(texts: string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`).join(',')}}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** pgbench would take `'HH24:MI'` for a text with a variable in it. */
function withoutColonsInQuotes(sql: string): string {
  return sql.replaceAll(/'(?:[^']|'')*'/g, (text) =>
    /:[a-z_0-9]/i.test(text)
      ? `E${text.replaceAll('\\', '\\\\').replaceAll(':', String.raw`\072`)}`
      : text,
  )
}
