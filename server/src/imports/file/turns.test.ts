import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countCards, readCards } from './read-cards.ts'
import { countRows, readRows } from './read-rows.ts'

const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n'
const header = 'First name,Last name\r\n'

const tables = {
  'blank lines': `${header}${'\r\n'.repeat(10_000_000)}A,B\r\n`,
  'rows of delimiters alone': `${header}${',,,,,,,,,\r\n'.repeat(1_000_000)}A,B\r\n`,
  'empty cells in quotes': `${header}${'"",""\r\n'.repeat(200_000)}A,B\r\n`,
  'blank lines above the header': `${'\r\n'.repeat(10_000_000)}${header}A,B\r\n`,
  'short lines in an older character set': Buffer.from(
    `${header}${'é\n'.repeat(100_000)}`,
    'latin1',
  ),
}
const cards = {
  'blank lines between cards': card + '\r\n'.repeat(10_000_000) + card,
  'short lines outside of cards': card + 'x\r\n'.repeat(300_000) + card,
  'a card of blank lines': card.replace('END', `${'\r\n'.repeat(500_000)}END`).repeat(9),
  'beginnings of cards': 'BEGIN:VCARD\r\n'.repeat(50_000),
  'blank lines in UTF-16': Buffer.from(`\ufeff${card}${'\r\n'.repeat(5_000_000)}`, 'utf16le'),
}

describe('reading a file yields to others', () => {
  for (const [what, file] of Object.entries(tables)) {
    it(`in CSV with ${what}`, async () => {
      const chunks = chunksOf(Buffer.from(file))
      await expectTurns(() => countRows(chunks, null, () => undefined))
      await expectTurns(() => Array.fromAsync(readRows(chunks, null, 0)))
    })
  }

  for (const [what, file] of Object.entries(cards)) {
    it(`in vCard with ${what}`, async () => {
      const chunks = chunksOf(Buffer.from(file))
      await expectTurns(() => countCards(chunks, null, () => undefined))
      await expectTurns(() => Array.fromAsync(readCards(chunks, null, 0)))
    })
  }
})

function chunksOf(file: Buffer) {
  const bytes = 1 << 18
  return {
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < file.length; at += bytes) yield file.subarray(at, at + bytes)
    },
  }
}

/** Asserts that the work yields to the event loop again and again, although nothing in it waits. */
async function expectTurns(work: () => Promise<unknown>) {
  let turns = 0
  let isDone = false
  const take = () => {
    turns++
    if (!isDone) setImmediate(take)
  }
  setImmediate(take)
  await work()
  isDone = true
  assert.ok(turns >= 5, `${turns} turns`)
}
