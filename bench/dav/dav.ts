import { stderr } from 'node:process'
import { emailOf } from '../accounts.ts'
import { openSite, type Site } from '../bulk/site.ts'
import type { NodeProcess } from '../node-process.ts'
import type { Options } from '../options.ts'
import type { Outcome } from '../outcome.ts'
import { layOut } from '../table.ts'
import { createCalls, putCard, type MeasuredCall } from './calls.ts'
import { connect, type DavClient } from './client.ts'

/** How long a call took, in the middle of all times, beside what is wanted of it. */
export type DavRow = { scenario: string; ms: number; wantedMs: number }

// Of each call in each round.
const times = 15
const wantedPutsPerSecond = 600

/** How fast a program syncs a book by CardDAV, over one connection. */
export async function measureDav(options: Options, folder: string): Promise<Outcome> {
  const { cards, rounds } = options
  await using site = await openSite(options, folder)
  await using kith = await site.startKith('dav')
  const user = await site.addUser()
  const client = await connectPhone(site, kith, user)
  try {
    const rows = [await measurePuts(client, user, cards)]
    const calls = createCalls(client, user, cards)
    for (const call of calls) rows.push(await measureCall(call, rounds))
    return {
      title: `A book of ${cards} cards by CardDAV`,
      notes: [`over one connection, the middle of ${rounds * times} times`],
      rows,
      table: toTable(rows),
      verdicts: [],
      chart: null,
    }
  } finally {
    client.close()
  }
}

async function connectPhone(site: Site, kith: NodeProcess, user: number): Promise<DavClient> {
  const answer = await fetch(new URL('/api/users/me/app-passwords', kith.url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${site.wallet.tokenOf(user)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'Phone', scope: 'read_write' }),
  })
  const { password } = (await answer.json()) as { password: string }
  return connect(kith.url, emailOf(user), password)
}

async function measurePuts(client: DavClient, user: number, cards: number): Promise<DavRow> {
  stderr.write(`putting ${cards} cards … `)
  const start = performance.now()
  for (let at = 0; at < cards; at++) await putCard(client, user, at)
  const seconds = (performance.now() - start) / 1000
  stderr.write(`${Math.round(cards / seconds)} in a second\n`)
  return { scenario: 'PUT', ms: (1000 * seconds) / cards, wantedMs: 1000 / wantedPutsPerSecond }
}

async function measureCall(
  { name, wantedMs, prepare, run }: MeasuredCall,
  rounds: number,
): Promise<DavRow> {
  const measured: number[] = []
  await prepare?.()
  await run()
  for (let at = 0; at < rounds * times; at++) {
    const start = performance.now()
    await run()
    measured.push(performance.now() - start)
  }
  measured.sort((a, b) => a - b)
  return { scenario: name, ms: measured[Math.floor(measured.length / 2)] ?? 0, wantedMs }
}

function toTable(rows: DavRow[]): string {
  return layOut(
    [
      { title: 'call', cell: ({ scenario }) => scenario },
      { title: 'ms', cell: ({ ms }) => ms.toFixed(2) },
      { title: 'wanted', cell: ({ wantedMs }) => wantedMs.toFixed(2) },
    ],
    rows,
  )
}
