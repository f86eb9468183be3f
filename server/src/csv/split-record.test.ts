import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { splitRecords } from './records.ts'
import { formatRows } from './write-csv.ts'

const cell = fc
  .array(fc.constantFrom('a', '"', '\r', '\n', '\r\n', ',', ';', ' ', 'é', ''))
  .map((parts) => parts.join(''))
const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
  minLength: 1,
  maxLength: 5,
})

describe('records', () => {
  it('are split as another parser splits them, wherever the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const text = formatRows(rows)
        const options = { relax_column_count: true, record_delimiter: '\r\n' }
        const hasText = (row: string[]) => row.some((cell) => cell.trim())
        assert.deepEqual(await split(text, size), parse(text, options).filter(hasText))
      }),
    )
  })

  it('end with CRLF, LF or CR', async () => {
    assert.deepEqual(await split('a,b\r\nc\nd\re', 2), [['a', 'b'], ['c'], ['d'], ['e']])
  })

  it('may have spaces after a closing quote', async () => {
    assert.deepEqual(await split('"a" ,b\n', 3), [['a', 'b']])
  })
})

async function split(text: string, size: number): Promise<string[][]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
  }
  const records = await Array.fromAsync(splitRecords(pieces(), '', ','))
  return records.map(({ cells }) => cells)
}
