import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { stderr } from 'node:process'
import { BenchError } from '../bench-error.ts'
import type { NodeProcess } from '../node-process.ts'
import { download, save } from './download.ts'
import { createGauge, type BulkFigures, type Done } from './gauge.ts'
import type { BulkMeasured } from './measured.ts'
import type { BulkName } from './names.ts'
import { uidPattern } from './people.ts'
import type { Site } from './site.ts'

export type Book = { user: number; contacts: number }

// The bare server is done with a book before anything could be measured.
const atLeastMs = 1_000

/** Exports a book, in turns with the same octets from a file. */
export async function measureExport(
  site: Site,
  scenario: BulkName,
  book: Book,
  bare: NodeProcess,
  rounds: number,
): Promise<BulkMeasured[]> {
  await using kith = await site.startKith(scenario)
  const gauge = createGauge(kith, site.dataset, site.wallet)
  const rest = [await gauge.measureRest()]
  const format = scenario.replace('export-', '')
  const version = format === 'vcf' ? '&version=3.0' : ''
  const source = () => ({
    url: `${kith.url}/api/export?format=${format}${version}`,
    headers: { authorization: `Bearer ${site.wallet.tokenOf(book.user)}` },
  })
  const file = join(site.folder, scenario)
  await save(source(), file)
  await checkWhole(file, scenario, book)
  const octets = (await stat(file)).size
  const saved = { url: `${bare.url}/files/${scenario}` }

  async function repeat(from: () => Parameters<typeof download>[0], ms: number): Promise<Done> {
    const start = performance.now()
    let times = 0
    do {
      const came = await download(from())
      if (came !== octets) throw new BenchError(`${scenario}: ${came} octets came, not ${octets}`)
      times++
    } while (performance.now() - start < ms)
    const seconds = (performance.now() - start) / 1_000
    return { contacts: times * book.contacts, megabytes: (times * octets) / 1e6, seconds }
  }

  const [ours, theirs]: [BulkFigures[], BulkFigures[]] = [[], []]
  for (let round = 1; round <= rounds; round++) {
    const exported = await gauge.measure(() => repeat(source, 0), true)
    const sent = await gauge.measure(() => repeat(() => saved, atLeastMs), false)
    ours.push(exported)
    theirs.push(sent)
    stderr.write(
      `${scenario} ${round}/${rounds}  Kith ${Math.round(exported.contactsPerSecond ?? 0)}/s` +
        `  bare ${Math.round(sent.contactsPerSecond ?? 0)}/s\n`,
    )
  }
  return [
    { scenario, subject: 'at rest', rounds: rest },
    { scenario, subject: 'Kith', rounds: ours },
    { scenario, subject: 'bare', rounds: theirs },
  ]
}

/** @throws BenchError when a contact is missing */
async function checkWhole(file: string, scenario: BulkName, book: Book) {
  const found = new Set((await readFile(file, 'utf8')).match(uidPattern)).size
  if (found !== book.contacts) {
    throw new BenchError(`${scenario}: the file has ${found} contacts, not ${book.contacts}`)
  }
}
