import { stderr } from 'node:process'
import { BenchError } from '../bench-error.ts'
import { createGauge, type Done } from '../bulk/gauge.ts'
import type { Site } from '../bulk/site.ts'
import type { NodeProcess } from '../node-process.ts'
import { atMost, type Verdict } from '../summary.ts'
import { hrefsAtOnce, multigetBody, putCard, syncBody } from './calls.ts'
import type { DavBook } from './client.ts'

/** The phones of one account that sync its book at once. */
export const phones = 10
export const cardsOfPhones = 3_000
const maxReadMs = 100

/** What somebody else notices of the first syncs of several phones at once. */
export async function measurePhones(
  site: Site,
  kith: NodeProcess,
  connect: () => Promise<DavBook>,
): Promise<Verdict[]> {
  const books: DavBook[] = []
  try {
    while (books.length < phones) books.push(await connect())
    const [first] = books as [DavBook, ...DavBook[]]
    stderr.write(`${phones} phones at once, with ${cardsOfPhones} cards … `)
    for (let at = 0; at < cardsOfPhones; at++) await putCard(first, at)
    const gauge = createGauge(kith, site.dataset, site.wallet)
    // The first time, code is compiled.
    await gauge.measure(() => syncAll([first]), true)
    const { readP99Ms, contactsPerSecond } = await gauge.measure(() => syncAll(books), true)
    const seconds = (phones * cardsOfPhones) / (contactsPerSecond ?? 0)
    stderr.write(`all cards after ${seconds.toFixed(1)} s\n`)
    return [atMost('p99 of others beside their first syncs, ms', readP99Ms, maxReadMs)]
  } finally {
    for (const { client } of books) client.close()
  }
}

async function syncAll(books: readonly DavBook[]): Promise<Done> {
  const start = performance.now()
  await Promise.all(books.map(syncFirst))
  const seconds = (performance.now() - start) / 1_000
  return { contacts: books.length * cardsOfPhones, megabytes: null, seconds }
}

/** The entity tags of all cards, and then the cards, some at a time. */
async function syncFirst({ client, path }: DavBook): Promise<void> {
  const { text } = await client.call('REPORT', path, syncBody(''))
  const hrefs = Array.from(text.matchAll(/<(?:\w+:)?href>([^<]*\.vcf)</g), ([, href = '']) => href)
  let cards = 0
  for (let at = 0; at < hrefs.length; at += hrefsAtOnce) {
    const body = multigetBody(hrefs.slice(at, at + hrefsAtOnce))
    cards += (await client.call('REPORT', path, body)).text.split('BEGIN:VCARD').length - 1
  }
  if (cards !== cardsOfPhones) throw new BenchError(`a first sync had ${cards} cards`)
}
