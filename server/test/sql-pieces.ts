import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** Fixed text of a statement, as it stands in our source. */
export type SqlPiece = { file: string; piece: string }

/**
 * The pieces of SQL in our source that name one of the tables: each from where a literal, or what
 * follows a value that is put into it, begins, to where it ends.
 */
export async function readSqlPieces(tables: string[]): Promise<SqlPiece[]> {
  const fixed = String.raw`(?:(?!\$\{)[^\`'{}])*`
  const naming = String.raw`\b(?:from|join|into|update|using)\s+(?:${tables.join('|')})\b`
  const pattern = new RegExp(fixed + naming + fixed, 'g')
  const found: SqlPiece[] = []
  for await (const file of glob('**/*.ts', { cwd: src })) {
    if (file.endsWith('.test.ts')) continue
    const text = withoutComments(await readFile(join(src, file), 'utf8'))
    found.push(...[...text.matchAll(pattern)].map(([piece]) => ({ file, piece })))
  }
  return found
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(?:\/\/|\/?\*).*\n/gm, '')
}
