import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

describe('the first page', () => {
  it('says what this is, and leads to all there is', async () => {
    const answer = await server.inject('/')
    assert.equal(answer.statusCode, 200)
    assert.match(String(answer.headers['content-type']), /^text\/html/)
    assert.match(answer.body, /address book/)
    const links = Array.from(answer.body.matchAll(/href="([^"]+)"/g), ([, href = '']) => href)
    for (const href of ['/docs', '/openapi.json', '/signup', '/reset-password', '/confirm']) {
      assert.ok(links.includes(href), href)
    }
    for (const href of links) assert.equal((await server.inject(href)).statusCode, 200, href)
  })

  it('sends nobody to sign up where that is closed', async () => {
    await using closed = await startServer({ REGISTRATION: 'closed' })
    assert.doesNotMatch((await closed.inject('/')).body, /href="\/signup"/)
  })

  it('holds nothing of what a request brings', async () => {
    const answer = await server.inject({
      url: '/?next=//evil.example',
      headers: { host: 'evil.example' },
    })
    assert.doesNotMatch(answer.body, /evil/)
  })
})

describe('what pages are made of', () => {
  it('may be kept, since its address changes with the content', async () => {
    const { body } = await server.inject('/')
    const parts = Array.from(body.matchAll(/"(\/pages\/[^"]+)"/g), ([, href = '']) => href)
    assert.deepEqual(parts.length, 3)
    for (const href of parts) {
      assert.match(href, /\?v=[\w-]{8}$/)
      const { headers } = await server.inject(href)
      assert.match(String(headers['cache-control']), /immutable/)
    }
  })
})
