import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { stderr } from 'node:process'
import { BenchError } from '../bench-error.ts'
import { fillEmbedded } from '../embedded-seed.ts'
import { startKith } from '../kith.ts'
import type { NodeProcess } from '../node-process.ts'
import type { Options } from '../options.ts'
import { createGauge, type BulkFigures, type Done } from './gauge.ts'
import type { BulkMeasured, BulkSubject } from './measured.ts'
import type { BulkName } from './names.ts'
import { drawPeople, type Person } from './people.ts'
import type { Site } from './site.ts'

const operationsAtOnce = 500
/** Those who send, each one batch after the other; the first user reads meanwhile. */
const senders = [2, 3, 4, 5]

type Scenario = Extract<BulkName, `batch-${string}`>
type Figures = Record<Scenario, BulkFigures[]>
type Created = { user: number; id: string }

/** Creates contacts in batches, and then changes them, on PostgreSQL and on the embedded database. */
export async function measureBatches(
  site: Site,
  names: readonly BulkName[],
  options: Options,
): Promise<BulkMeasured[]> {
  const wanted = names.filter((name): name is Scenario => name.startsWith('batch-'))
  if (wanted.length === 0) return []
  const measured: BulkMeasured[] = []
  for (const subject of ['Kith', 'embedded'] as const) {
    await using kith = await start(site, subject, options)
    const figures = await measureRounds(site, kith, subject, options)
    for (const scenario of wanted) measured.push({ scenario, subject, rounds: figures[scenario] })
  }
  return measured
}

async function start(site: Site, subject: BulkSubject, { logLevel }: Options) {
  if (subject === 'Kith') return site.startKith('batch')
  const dataDir = await mkdtemp(join(site.folder, 'embedded-'))
  await fillEmbedded(dataDir, site.dataset)
  return startKith({ folder: site.folder, logLevel, profile: null, env: { DATA_DIR: dataDir } })
}

async function measureRounds(
  { dataset, wallet }: Site,
  kith: NodeProcess,
  subject: BulkSubject,
  { entries, rounds }: Options,
): Promise<Figures> {
  const gauge = createGauge(kith, dataset, wallet)
  const people = drawPeople(entries)
  const send = (user: number, operations: object[]) =>
    sendBatch(kith, wallet.tokenOf(user), operations)
  const figures: Figures = { 'batch-create': [], 'batch-patch': [] }
  for (let round = 1; round <= rounds; round++) {
    const created: Created[] = []
    const creation = await gauge.measure(
      () =>
        inTurns(chunksOf(people), async (user, some) => {
          const results = await send(user, some.map(creationOf))
          for (const { contact } of results) if (contact) created.push({ user, id: contact.id })
        }),
      true,
    )
    const change = await gauge.measure(
      () =>
        inTurns(
          senders.flatMap((user) => chunksOf(created.filter((one) => one.user === user))),
          async (_user, some) => {
            await send(some[0]?.user ?? 0, some.map(changeOf))
          },
        ),
      true,
    )
    figures['batch-create'].push(creation)
    figures['batch-patch'].push(change)
    const [creates, patches] = [creation, change].map((one) =>
      Math.round(one.contactsPerSecond ?? 0),
    )
    stderr.write(
      `batches ${round}/${rounds}  ${subject} ${creates} creates/s ${patches} patches/s\n`,
    )
  }
  return figures
}

/** Does work of several senders at once, each of whom takes what is next. */
async function inTurns<T>(
  chunks: T[][],
  work: (user: number, chunk: T[]) => Promise<void>,
): Promise<Done> {
  const begin = performance.now()
  const left = chunks.values()
  await Promise.all(
    senders.map(async (user) => {
      for (const chunk of left) await work(user, chunk)
    }),
  )
  const seconds = (performance.now() - begin) / 1_000
  return { contacts: chunks.flat().length, megabytes: null, seconds }
}

function chunksOf<T>(all: T[]): T[][] {
  const count = Math.ceil(all.length / operationsAtOnce)
  return Array.from({ length: count }, (_, at) =>
    all.slice(at * operationsAtOnce, (at + 1) * operationsAtOnce),
  )
}

function creationOf(person: Person): object {
  const { nickname, company, department, jobTitle: job_title, birthday, emails, phones } = person
  const addresses = person.addresses.map(({ label, value, city, postalCode, country }) => ({
    label,
    street: value,
    city,
    postal_code: postalCode,
    country,
  }))
  return {
    operation: 'create',
    op_id: randomUUID(),
    contact: {
      first_name: person.first || 'Ada',
      last_name: person.last,
      additional_data: person.note,
      nickname,
      company,
      department,
      job_title,
      birthday,
      emails,
      phones,
      addresses,
    },
  }
}

function changeOf({ id }: Created): object {
  return { operation: 'patch', op_id: randomUUID(), id, patch: { additional_data: randomUUID() } }
}

type Result = { status: number; contact?: { id: string } }

/** @throws BenchError when an operation failed */
async function sendBatch(
  kith: NodeProcess,
  token: string,
  operations: object[],
): Promise<Result[]> {
  const response = await fetch(`${kith.url}/api/contacts/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ operations }),
  })
  const text = await response.text()
  if (!response.ok) throw new BenchError(`a batch was answered ${response.status} ${text}`)
  const { results } = JSON.parse(text) as { results: Result[] }
  const failed = results.find(({ status }) => status >= 300)
  if (failed) throw new BenchError(`an operation failed: ${JSON.stringify(failed)}`)
  return results
}
