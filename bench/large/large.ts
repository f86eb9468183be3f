import { stderr } from 'node:process'
import { BenchError } from '../bench-error.ts'
import { drawPeople } from '../bulk/people.ts'
import { importFile } from '../bulk/upload.ts'
import { writeCards } from '../bulk/write-cards.ts'
import type { Options } from '../options.ts'
import type { Outcome } from '../outcome.ts'
import { canMeasureProcesses, cpuSeconds, descendants, ownChildren } from '../proc.ts'
import { randomFrom } from '../random.ts'
import { atMost } from '../summary.ts'
import { layOut, none, type Column } from '../table.ts'
import { openPlace, type Place } from './place.ts'
import { searchKinds, type SearchKind } from './queries.ts'

/** The latencies of one kind of search. */
export type LargeRow = {
  scenario: string
  subject: string
  p50Ms: number
  p95Ms: number
  maxMs: number
  hits: number
  /** CPU time of a search, of the server and of PostgreSQL; null where it cannot be measured. */
  cpuMs: number | null
  databaseCpuMs: number | null
}

const warmUps = 20
const searches = 100

/** Searches in one large book, one after the other: on PostgreSQL, or on the embedded one. */
export async function measureLarge(options: Options, folder: string): Promise<Outcome> {
  await using place = await openPlace(options, folder)
  stderr.write(`filling a book: ${options.book} contacts … `)
  const file = {
    name: 'contacts.vcf',
    type: 'text/vcard',
    bytes: writeCards(drawPeople(options.book)),
    contacts: options.book,
  }
  const { seconds } = await importFile(place.kith, place.token(), file)
  await place.settle()
  stderr.write(`${Math.round(seconds)} s\n`)
  const rows: LargeRow[] = []
  const kinds = searchKinds(options.book)
  for (const kind of kinds) {
    const row = await measureKind(kind, place)
    stderr.write(
      `${row.scenario}  p50 ${row.p50Ms.toFixed(1)} ms, p95 ${row.p95Ms.toFixed(1)} ms\n`,
    )
    rows.push(row)
  }
  return {
    title: `Searches in a book of ${options.book} contacts, ${place.name}`,
    notes: [`one after the other, ${searches} of each kind after ${warmUps} to warm up`],
    rows,
    table: layOut(columns, rows),
    verdicts: rows.map(({ scenario, p95Ms }, at) =>
      atMost(`${scenario}: p95, ms`, p95Ms, kinds[at]?.maxP95Ms ?? 0),
    ),
    chart: null,
  }
}

async function measureKind({ name, path }: SearchKind, place: Place): Promise<LargeRow> {
  const random = randomFrom(3)
  const times: number[] = []
  const hits: number[] = []
  const used = usedBy(place)
  for (let count = 0; count < warmUps + searches; count++) {
    const start = performance.now()
    const response = await fetch(place.kith.url + path(random), {
      headers: { authorization: `Bearer ${place.token()}` },
    })
    const text = await response.text()
    if (!response.ok) throw new BenchError(`a search was answered ${response.status} ${text}`)
    if (count < warmUps) continue
    times.push(performance.now() - start)
    hits.push(Number(response.headers.get('x-total-count')))
  }
  return {
    scenario: name,
    subject: place.name,
    p50Ms: shareOf(times, 0.5),
    p95Ms: shareOf(times, 0.95),
    maxMs: shareOf(times, 1),
    hits: shareOf(hits, 0.5),
    ...used(),
  }
}

/** Gives the CPU time of each search since now. */
function usedBy({ kith }: Place) {
  const childrenOf = () => descendants(kith.pid)
  const read = () => {
    const own = cpuSeconds([kith.pid]) - cpuSeconds(childrenOf())
    return { own, database: cpuSeconds([...childrenOf(), ...ownChildren(['postgres'])]) }
  }
  const before = read()
  return () => {
    const after = read()
    const each = (seconds: number) =>
      canMeasureProcesses ? (seconds * 1_000) / (warmUps + searches) : null
    return {
      cpuMs: each(after.own - before.own),
      databaseCpuMs: each(after.database - before.database),
    }
  }
}

function shareOf(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

const columns: Column<LargeRow>[] = [
  { title: 'scenario', cell: ({ scenario }) => scenario },
  { title: 'subject', cell: ({ subject }) => subject },
  { title: 'p50 ms', cell: ({ p50Ms }) => p50Ms.toFixed(1) },
  { title: 'p95 ms', cell: ({ p95Ms }) => p95Ms.toFixed(1) },
  { title: 'max ms', cell: ({ maxMs }) => maxMs.toFixed(1) },
  { title: 'CPU ms', cell: ({ cpuMs }) => cpuMs?.toFixed(1) ?? none },
  { title: 'DB ms', cell: ({ databaseCpuMs }) => databaseCpuMs?.toFixed(1) ?? none },
  { title: 'hits', cell: ({ hits }) => String(hits) },
]
