import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { eventsOf } from './events.ts'
import { linesOf } from './lines.ts'

/** An answer that comes in pieces, cut anywhere, also within a character. */
function inPieces(text: string, cuts: readonly number[]): Response {
  const octets = new TextEncoder().encode(text)
  const ends = [...cuts.map((cut) => cut % (octets.length + 1)), octets.length]
  const pieces = ends.toSorted((one, other) => one - other)
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let start = 0
      for (const end of pieces) {
        if (end > start) controller.enqueue(octets.slice(start, end))
        start = Math.max(start, end)
      }
      controller.close()
    },
  })
  return new Response(body)
}

const anyLine = fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify({ text }))

test('the lines of an answer are the same, however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyLine), fc.array(fc.nat()), async (lines, cuts) => {
      const response = inPieces(lines.map((line) => `${line}\n`).join(''), cuts)
      assert.deepEqual(await Array.fromAsync(linesOf(response)), lines)
    }),
  )
})

test('events are read with their names and data, comments are not', async () => {
  const text = ': connected\n\nevent: changed\ndata: {"next":"a"}\n\n: still there\n\ndata: 1\n\n'
  const events = await Array.fromAsync(eventsOf(inPieces(text, [3, 17, 30, 44])))
  assert.deepEqual(events, [
    { event: 'changed', data: { next: 'a' } },
    { event: 'message', data: 1 },
  ])
})
