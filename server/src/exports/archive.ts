import type { Readable } from 'node:stream'
import yazl from 'yazl'
import type { Ask } from '../db/ask.ts'
import { presentImport } from '../imports/imports.ts'
import { listLatestImports } from '../imports/queries.ts'
import { listLabels } from '../labels/queries.ts'
import { exportCards } from './cards.ts'
import { streamOf } from './download.ts'
import type { Export } from './export.ts'
import { storedGroups } from './groups.ts'
import { readHistory, readOldCard } from './history.ts'
import { archivedContacts, exportCsv, listOf } from './tables.ts'

type Account = Pick<Extract<Export, { format: 'zip' }>, 'user' | 'preferences'>

/**
 * All of an account as a ZIP archive, made while it is sent: the contacts as vCards (with their
 * photos, each in the version it came in) and as CSV, and everything as JSON, of which an import makes the
 * same account.
 */
export function archiveOf(read: Ask, account: Account): Readable {
  const { id } = account.user
  const zip = new yazl.ZipFile()
  const mtime = new Date()
  const add = (name: string, texts: () => AsyncGenerator<string>) =>
    zip.addReadStreamLazy(name, { mtime }, (give) => {
      const stream = streamOf(texts())
      // The library listens to no error of what it packs, and one that nobody hears ends the process.
      stream.once('error', (error) => (zip.outputStream as Readable).destroy(error))
      zip.outputStream.once('close', () => stream.destroy())
      give(null, stream)
    })
  add('contacts.vcf', () => exportCards(read, id, {}, 'stored'))
  add('contacts.csv', () => exportCsv(read, id, {}))
  add('account.json', () => accountJson(read, account))
  zip.on('error', (error: Error) => (zip.outputStream as Readable).destroy(error))
  zip.end()
  return zip.outputStream as Readable
}

async function* accountJson(read: Ask, { user, preferences }: Account): AsyncGenerator<string> {
  const { id } = user
  yield `{\n"exported_at": ${JSON.stringify(new Date())},\n"user": ${JSON.stringify(user)},\n`
  yield `"preferences": ${JSON.stringify(preferences)},\n`
  yield `"labels": ${JSON.stringify(await listLabels(read, id))},\n`
  yield `"imports": ${JSON.stringify((await listLatestImports(read, id)).map(presentImport))},\n`
  yield '"contacts": '
  yield* listOf(archivedContacts(read, id, { withRevisions: true }))
  yield ',\n"groups": '
  yield* listOf(storedGroups(read, id, {}))
  yield ',\n"trash": '
  yield* listOf(archivedContacts(read, id, { from: 'trash', withRevisions: true }))
  // Behind the contacts that it is of.
  yield ',\n"history": '
  yield* listOf(history(read, id))
  yield '\n}\n'
}

async function* history(read: Ask, ownerId: string): AsyncGenerator<object[]> {
  for await (const row of readHistory(read, ownerId)) {
    const { card_octets: _, ...rest } = row
    yield [{ ...rest, card: await readOldCard(read, ownerId, row) }]
  }
}
