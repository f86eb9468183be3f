import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { splitCards, splitCardStream } from './split-cards.ts'

const card = (name: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEND:VCARD\r\n`

async function pieces(chunks: Iterable<Uint8Array>) {
  return Array.fromAsync(splitCardStream(chunks))
}

describe('splitting a file into cards', () => {
  it('keeps each card exactly as it is in the file, wherever the chunks are cut', async () => {
    const file = Buffer.from(
      `\ufeff${card('Äda')}\r\n${card('Bob')}junk\r\n\r\nmore\r\n${card('Ço')}`,
    )
    const cuts = fc.array(fc.nat(file.length), { maxLength: 8 })
    const expected = splitCards(file.toString())
    assert.deepEqual(
      expected.map((piece) => (piece.kind === 'refused' ? piece.reason : piece.text)),
      [card('Äda'), card('Bob'), 'junk', card('Ço')],
    )
    await fc.assert(
      fc.asyncProperty(cuts, async (cuts) => {
        const offsets = [0, ...cuts.sort((a, b) => a - b), file.length]
        const chunks = offsets.slice(1).map((end, at) => file.subarray(offsets[at], end))
        assert.deepEqual(await pieces(chunks), expected)
      }),
    )
  })

  it('ends a card also where the line break before END:VCARD is missing', () => {
    const glued = 'BEGIN:VCARD\nVERSION:3.0\nTEL:1END:VCARD\n'
    const folded = 'BEGIN:VCARD\nNOTE:a\n END:VCARD\n'
    const found = splitCards(`${glued}${folded}${glued}`)
    assert.deepEqual(
      found.map((piece) => piece.kind === 'card' && [piece.text, piece.isComplete]),
      [
        [glued.replace('END', '\r\nEND'), true],
        [folded, false],
        [glued.replace('END', '\r\nEND'), true],
      ],
    )
    const note = 'BEGIN:VCARD\nNOTE:ends in END:VCARD\nTEL:1\nEND:VCARD\n'
    assert.deepEqual(
      splitCards(note).map((piece) => piece.kind === 'card' && piece.text),
      [note],
    )
  })

  it('reports the line at which each piece starts', () => {
    const found = splitCards(`${card('A')}what is this\n\n${card('B')}`)
    assert.deepEqual(
      found.map(({ kind, line }) => [kind, line]),
      [
        ['card', 1],
        ['junk', 5],
        ['card', 7],
      ],
    )
  })

  it('keeps a nested card within its parent, and begins the next card if END is missing', () => {
    const nested = `BEGIN:VCARD\nFN:A\nAGENT:\n${card('Inner')}END:VCARD\n`
    const open = 'BEGIN:VCARD\nFN:B\n'
    const found = splitCards(nested + open + card('C') + open)
    assert.deepEqual(found, [
      { kind: 'card', text: nested, line: 1, isComplete: true, isGlued: false },
      { kind: 'card', text: open, line: 9, isComplete: false, isGlued: false },
      { kind: 'card', text: card('C'), line: 11, isComplete: true, isGlued: false },
      { kind: 'card', text: open, line: 15, isComplete: false, isGlued: false },
    ])
  })

  it('ends a card at END:VCARD, also where the next one begins on the same line', async () => {
    const glued = (name: string) => card(name).trimEnd()
    const file = `${glued('A')}${glued('B')} ${card('C').replace('END:', 'end : ')}`
    const found = splitCards(file)
    assert.deepEqual(
      found.map((piece) => piece.kind === 'card' && [piece.text.trim(), piece.line, piece.isGlued]),
      [
        [glued('A'), 1, true],
        [glued('B'), 4, true],
        [glued('C').replace('END:', 'end : '), 7, false],
      ],
    )
    for (let cut = 0; cut < file.length; cut++) {
      const chunks = [Buffer.from(file.slice(0, cut)), Buffer.from(file.slice(cut))]
      assert.deepEqual(await pieces(chunks), found, String(cut))
    }
    const text = `BEGIN:VCARD\nFN:A\nEND:VCARDand ${'more '.repeat(20)}\n${card('B')}END:VCARD-END:VCARD\n`
    assert.deepEqual(
      splitCards(text).map((piece) => piece.kind !== 'refused' && piece.text.slice(0, 28)),
      [
        'BEGIN:VCARD\nFN:A\nEND:VCARD',
        'and more more more more more',
        card('B').slice(0, 28),
        'END:VCARD-END:VCARD',
      ],
    )
  })

  it('refuses a card that is too large, in constant memory, and reads the next one', async () => {
    function* chunks() {
      yield Buffer.from('BEGIN:VCARD\r\nPHOTO:')
      const photo = Buffer.alloc(64 * 1024, 'A')
      for (let count = 0; count < 1600; count++) yield photo
      yield Buffer.from(`\r\nEND:VCARD\r\n${card('B')}`)
      for (let count = 0; count < 800; count++) yield photo
      yield Buffer.from(`\r\n${card('C')}`)
    }
    const before = process.memoryUsage().arrayBuffers
    const found = []
    let most = 0
    for await (const piece of splitCardStream(chunks())) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
      found.push(piece.kind === 'card' ? piece.text : piece.kind)
    }
    assert.deepEqual(found, ['refused', card('B'), 'junk', card('C')])
    assert.ok(most < 100 * 1024 * 1024, `${most} octets`)
  })

  it('reads UTF-16 with a byte order mark, windows-1252, and lines that end in CR', async () => {
    const text = `${card('Äda €')}${card('Bob')}`
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    const ansi = Buffer.from(text.replace('€', '\x80'), 'latin1')
    const mac = Buffer.from(text.replaceAll('\r\n', '\r'))
    for (const file of [utf16, Buffer.from(utf16).swap16(), ansi, mac]) {
      const found = await pieces([file.subarray(0, 1), file.subarray(1, 20), file.subarray(20)])
      const texts = found.map((piece) => (piece.kind === 'card' ? piece.text : ''))
      assert.equal(texts.join('').replaceAll(/\r\n?/g, '\r\n'), text)
      assert.equal(found.length, 2)
    }
  })
})
