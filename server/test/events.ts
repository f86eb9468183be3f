import assert from 'node:assert/strict'
import type { Person } from './people.ts'

/** Events as one client gets them. */
export type Listener = Disposable & {
  /** The tokens of the events, as they come, until the server ends the stream. */
  tokens: AsyncGenerator<string>
}

/** Listens to the events of a person's book. */
export async function listen(url: string, owner: Person, since: string): Promise<Listener> {
  const leave = new AbortController()
  const answer = await fetch(`${url}/api/changes/events?since=${since}`, {
    headers: { authorization: `Bearer ${owner.tokens.access_token}` },
    signal: AbortSignal.any([leave.signal, AbortSignal.timeout(60_000)]),
  })
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/)
  const { body } = answer
  assert.ok(body)
  return {
    tokens: tokensIn(body.pipeThrough(new TextDecoderStream())),
    [Symbol.dispose]: () => leave.abort(),
  }
}

async function* tokensIn(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const text of texts) {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, data] = /^event: changed\ndata: (.+)$/.exec(block) ?? []
      if (data !== undefined) yield JSON.parse(data).next
      else assert.match(block, /^: /)
    }
  }
}
