import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Entry } from './entry.ts'
import { readCards } from './read-cards.ts'

function card(...lines: string[]): string {
  return ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')
}

function entriesIn(file: string): Promise<Entry[]> {
  async function* chunks() {
    yield Buffer.from(file)
  }
  return Array.fromAsync(readCards(chunks(), null, 0))
}

/** What the report says of each entry of a file. */
async function reported(file: string) {
  return (await entriesIn(file)).map((entry) => {
    if (entry.kind === 'card') return [entry.name, entry.remark]
    return [entry.kind, entry.kind === 'failed' ? entry.reason : null]
  })
}

describe('a file of vCards', () => {
  it('holds two contacts where the second begins on the line that ends the first', async () => {
    const file = card('FN:One', 'TEL:111').trimEnd() + card('FN:Two', 'TEL:222')
    assert.deepEqual(await reported(file), [
      ['One', 'Something follows END:VCARD on the same line: it was read as what comes next.'],
      ['Two', null],
    ])
    const phones = (await entriesIn(file)).map(
      (entry) => entry.kind === 'card' && entry.read.contact.phones.map(({ value }) => value),
    )
    assert.deepEqual(phones, [['111'], ['222']])
  })
})
