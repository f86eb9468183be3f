import { stderr } from 'node:process'
import { emailOf } from '../accounts.ts'
import { openSite, type Site } from '../bulk/site.ts'
import { userId } from '../ids.ts'
import type { NodeProcess } from '../node-process.ts'
import type { Options } from '../options.ts'
import type { Outcome } from '../outcome.ts'
import type { Verdict } from '../summary.ts'
import { layOut } from '../table.ts'
import { cardOf, createCalls, putCard } from './calls.ts'
import { connect, type DavBook } from './client.ts'
import { measureCommit } from './commit.ts'
import { medianOf } from './median.ts'
import { cardsOfPhones, measurePhones, phones } from './phones.ts'
import { startRadicale } from './radicale.ts'

/** How long a call took, in the middle of all times, beside what is wanted of it and what Radicale takes. */
export type DavRow = { scenario: string; ms: number; wantedMs: number; radicaleMs: number | null }

type Measured = { scenario: string; ms: number; wantedMs: number }

// Of each call in each round.
const times = 15
// Not counted: a server that has just started compiles what it does often.
const warmUpPuts = 500
// Radicale takes seconds for some.
const radicaleTimes = 3
const radicalePuts = 20
const wantedPutsPerSecond = 600

/** How fast a program syncs a book by CardDAV, over one connection. */
export async function measureDav(options: Options, folder: string): Promise<Outcome> {
  const { cards, rounds } = options
  await using site = await openSite(options, folder)
  const { measured: ours, verdicts } = await measureKith(site, options)
  const commitMs = await measureCommit(site.databaseUrl)
  const theirs = await measureRadicale(cards, folder)
  const rows = ours.map((row, at) => ({ ...row, radicaleMs: theirs?.[at]?.ms ?? null }))
  const beside = theirs
    ? `of Radicale, ${radicaleTimes} times, and the last ${radicalePuts} cards`
    : 'no Radicale here'
  return {
    title: `A book of ${cards} cards by CardDAV`,
    notes: [
      `over one connection, the middle of ${rounds * times} times; ${beside}`,
      `of a PUT, the commit of one row by itself: ${commitMs.toFixed(2)} ms`,
      `below the table, ${phones} phones of one account at once, with ${cardsOfPhones} cards`,
    ],
    rows,
    table: toTable(rows),
    verdicts,
    chart: null,
  }
}

async function measureKith(
  site: Site,
  options: Options,
): Promise<{ measured: Measured[]; verdicts: Verdict[] }> {
  await using kith = await site.startKith('dav')
  const user = await site.addUser()
  const book = await connectPhone(site, kith, user)
  try {
    const { cards, rounds } = options
    const measured = await measureBook(book, { cards, from: 0, count: rounds * times })
    const owner = await site.addUser()
    const verdicts = await measurePhones(site, kith, () => connectPhone(site, kith, owner))
    return { measured, verdicts }
  } finally {
    book.client.close()
  }
}

async function measureRadicale(cards: number, folder: string): Promise<Measured[] | undefined> {
  stderr.write('Radicale\n')
  const from = Math.max(0, cards - radicalePuts)
  const book = Array.from({ length: from }, (_, at) => cardOf(at))
  await using radicale = await startRadicale(folder, book)
  return radicale && (await measureBook(radicale, { cards, from, count: radicaleTimes }))
}

/** @param from how many of the cards are there already */
async function measureBook(
  book: DavBook,
  { cards, from, count }: { cards: number; from: number; count: number },
): Promise<Measured[]> {
  const rows = [await measurePuts(book, from, cards)]
  for (const { name, wantedMs, prepare, run } of createCalls(book, cards)) {
    await prepare?.()
    const ms = await medianOf(run, count)
    stderr.write(`${name}: ${ms.toFixed(1)} ms\n`)
    rows.push({ scenario: name, ms, wantedMs })
  }
  return rows
}

async function connectPhone(site: Site, kith: NodeProcess, user: number): Promise<DavBook> {
  const answer = await fetch(new URL('/api/users/me/app-passwords', kith.url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${site.wallet.tokenOf(user)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'Phone', scope: 'read_write' }),
  })
  const { password } = (await answer.json()) as { password: string }
  const client = connect(kith.url, emailOf(user), password)
  return { client, path: `/dav/addressbooks/${userId(user)}/contacts/` }
}

async function measurePuts(book: DavBook, from: number, to: number): Promise<Measured> {
  stderr.write(`putting ${to - from} cards … `)
  const measuredFrom = Math.min(from + warmUpPuts, Math.floor((from + to) / 2))
  for (let at = from; at < measuredFrom; at++) await putCard(book, at)
  const start = performance.now()
  for (let at = measuredFrom; at < to; at++) await putCard(book, at)
  const ms = (performance.now() - start) / (to - measuredFrom)
  stderr.write(`${Math.round(1000 / ms)} in a second\n`)
  return { scenario: 'PUT', ms, wantedMs: 1000 / wantedPutsPerSecond }
}

function toTable(rows: DavRow[]): string {
  return layOut(
    [
      { title: 'call', cell: ({ scenario }) => scenario },
      { title: 'ms', cell: ({ ms }) => ms.toFixed(2) },
      { title: 'wanted', cell: ({ wantedMs }) => wantedMs.toFixed(2) },
      { title: 'Radicale', cell: ({ radicaleMs }) => radicaleMs?.toFixed(2) ?? '–' },
    ],
    rows,
  )
}
