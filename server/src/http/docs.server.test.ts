import { after, describe, it } from 'node:test'
import { expectStatus } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

describe('the files of the docs page', () => {
  for (const range of ['bytes=999999999-', 'bytes=200-100', 'bytes=abc', 'bytes=0-9']) {
    it(`come whole when asked for ${range}`, async () => {
      const answer = await server.inject({
        method: 'GET',
        url: '/docs/static/index.css',
        headers: { range },
      })
      expectStatus(answer, 200)
    })
  }
})
