import { stderr } from 'node:process'
import { startNode } from '../node-process.ts'
import type { Options } from '../options.ts'
import type { Outcome } from '../outcome.ts'
import { measureBatches } from './batches.ts'
import { prepareCopies } from './copies.ts'
import { measureExport, type Book } from './exports.ts'
import { measureImport } from './imports.ts'
import type { BulkMeasured } from './measured.ts'
import { bulkNames, type BulkName } from './names.ts'
import { settle } from './newcomers.ts'
import { drawPeople } from './people.ts'
import { openSite, type Site } from './site.ts'
import { bulkVerdicts, summariseBulk } from './summary.ts'
import { toBulkTable } from './table.ts'
import { importFile, type ImportFile } from './upload.ts'
import { writeCards } from './write-cards.ts'
import { writeRows } from './write-rows.ts'

/** Whole books in and out, beside what COPY and a bare file server do, and what others notice. */
export async function measureBulk(options: Options, folder: string): Promise<Outcome> {
  await using site = await openSite(options, folder)
  const names = bulkNames.filter((name) => options.only.includes(name))
  const measured = [
    ...(await measureImports(site, names, options)),
    ...(await measureExports(site, names, options)),
    ...(await measureBatches(site, names, options)),
  ]
  const rows = summariseBulk(measured)
  const { users, contacts } = site.dataset
  const { entries, book } = options
  return {
    title: 'Whole books in and out',
    notes: [
      `files of ${entries} entries into empty books, a book of ${book} contacts out of the server,`,
      `beside ${users} users with ${contacts} contacts each, one of whom reads every 5 ms`,
    ],
    rows,
    table: toBulkTable(rows),
    verdicts: bulkVerdicts(rows),
    chart: null,
  }
}

async function measureImports(site: Site, names: BulkName[], { entries, rounds }: Options) {
  const those = names.filter((name) => name.startsWith('import-'))
  if (those.length === 0) return []
  const copies = await prepareCopies(site.databaseUrl, site.psql, site.folder)
  const measured: BulkMeasured[] = []
  for (const name of those) {
    const file = name === 'import-vcf' ? cardFile(entries) : rowFile(entries)
    measured.push(...(await measureImport(site, name, file, copies, rounds)))
  }
  return measured
}

async function measureExports(site: Site, names: BulkName[], { book: contacts, rounds }: Options) {
  const those = names.filter((name) => name.startsWith('export-'))
  if (those.length === 0) return []
  const book = await fillBook(site, contacts)
  await using bare = await startNode({
    name: 'files',
    script: new URL('file-server.ts', import.meta.url),
    env: { FILES: site.folder },
    readyPath: '/ready',
    folder: site.folder,
  })
  const measured: BulkMeasured[] = []
  for (const name of those) {
    measured.push(...(await measureExport(site, name, book, bare, rounds)))
  }
  return measured
}

/** By the server itself, so that its rows are what an import makes of them. */
async function fillBook(site: Site, contacts: number): Promise<Book> {
  stderr.write(`filling a book: ${contacts} contacts … `)
  await using kith = await site.startKith('filling')
  const user = await site.addUser()
  const { seconds } = await importFile(kith, site.wallet.tokenOf(user), cardFile(contacts))
  await settle(site.databaseUrl)
  stderr.write(`${Math.round(seconds)} s\n`)
  return { user, contacts }
}

function cardFile(contacts: number): ImportFile {
  const bytes = writeCards(drawPeople(contacts))
  return { name: 'contacts.vcf', type: 'text/vcard', bytes, contacts }
}

function rowFile(contacts: number): ImportFile {
  const bytes = writeRows(drawPeople(contacts))
  return { name: 'contacts.csv', type: 'text/csv', bytes, contacts }
}
