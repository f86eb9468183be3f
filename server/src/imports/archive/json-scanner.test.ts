import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { jsonPieces } from './json-pieces.ts'
import { maxElementSize, type JsonPiece } from './json-scanner.ts'

const isWanted = (list: string) => list === 'contacts' || list === 'trash'

/** The pieces of a file that comes in chunks of so many octets. */
function piecesOf(file: string | Buffer, chunkSize = 1 << 16): Promise<JsonPiece[]> {
  const bytes = Buffer.from(file)
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize)
  }
  return Array.fromAsync(jsonPieces(chunks(), isWanted))
}

async function valuesOf(
  file: string,
  chunkSize?: number,
): Promise<[list: string, value: unknown][]> {
  return (await piecesOf(file, chunkSize)).map((piece) => {
    assert.equal(piece.kind, 'element')
    return [piece.list, JSON.parse(piece.kind === 'element' ? piece.text : '')]
  })
}

const anySpace = fc.constantFrom(undefined, 1, '\t', '\r\n')

describe('a JSON file', () => {
  it('that is a list has its elements as pieces, however it is written and cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 4 })),
        anySpace,
        fc.integer({ min: 1, max: 40 }),
        async (list, space, chunkSize) => {
          const values = await valuesOf(JSON.stringify(list, null, space), chunkSize)
          const written = JSON.parse(JSON.stringify(list)) as unknown[]
          assert.deepEqual(
            values,
            written.map((value) => ['', value]),
          )
        },
      ),
    )
  })

  it('that is an object has those of the wanted lists, and nothing of other members', async () => {
    const lists = fc.record({
      contacts: fc.array(fc.jsonValue({ maxDepth: 3 })),
      other: fc.jsonValue({ maxDepth: 3 }),
      trash: fc.oneof(fc.array(fc.jsonValue({ maxDepth: 3 })), fc.constant({ contacts: [1] })),
    })
    await fc.assert(
      fc.asyncProperty(
        lists,
        anySpace,
        fc.integer({ min: 1, max: 40 }),
        async (file, space, size) => {
          const text = JSON.stringify(file, null, space)
          const written = JSON.parse(text) as typeof file
          const trash = Array.isArray(written.trash) ? written.trash : []
          assert.deepEqual(await valuesOf(text, size), [
            ...written.contacts.map((value) => ['contacts', value]),
            ...trash.map((value) => ['trash', value]),
          ])
        },
      ),
    )
  })

  it('may begin with a byte order mark, and have nothing in it', async () => {
    for (const file of ['[]', '{}', '\ufeff [ ] ', '{"contacts": []}']) {
      assert.deepEqual(await piecesOf(file), [], file)
    }
  })

  it('that is damaged or cut off is read as far as it goes', async () => {
    const one: JsonPiece = { kind: 'element', list: '', text: '1' }
    const broken = (reason: 'no_json' | 'cut_off', list = ''): JsonPiece => {
      return { kind: 'broken', list, reason }
    }
    for (const [file, ...pieces] of [
      ['[1', broken('cut_off')],
      ['[1,', one, broken('cut_off')],
      ['[1,]', one, broken('no_json')],
      ['[,1]', broken('no_json')],
      ['[1 2]', one, broken('no_json')],
      ['[1}', one, broken('no_json')],
      ['[1]]', one, broken('no_json')],
      ['{"contacts": [', broken('cut_off', 'contacts')],
      ['{"contacts" 1}', broken('no_json')],
      ['{"a": }', broken('no_json')],
      ['{1: 2}', broken('no_json')],
      ['"text"', broken('no_json')],
      ['', broken('cut_off')],
      ['{"contacts": [{"a": "]', broken('cut_off', 'contacts')],
    ] as [string, ...JsonPiece[]][]) {
      assert.deepEqual(await piecesOf(file), pieces, file)
      assert.deepEqual(await piecesOf(file, 1), pieces, file)
    }
  })

  it('has pieces that cannot be read, and goes on behind them', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const large = JSON.stringify({ a: 'x'.repeat(maxElementSize) })
    const file = Buffer.from(`[${deep}, ${large}, "\u00e4", 2]`, 'latin1')
    assert.deepEqual(await piecesOf(file), [
      { kind: 'unreadable', list: '', reason: 'too_deep' },
      { kind: 'unreadable', list: '', reason: 'too_large' },
      { kind: 'unreadable', list: '', reason: 'not_utf8' },
      { kind: 'element', list: '', text: '2' },
    ])
  })
})
