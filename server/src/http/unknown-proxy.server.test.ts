import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startServer } from '../../test/server.ts'

/** The proxies that a server warns of, when these addresses send requests for somebody else. */
async function warnedOf(addresses: string[], settings = {}): Promise<string[]> {
  await using server = await startServer(settings)
  for (const remoteAddress of addresses) {
    const headers = { 'x-forwarded-for': '198.51.100.7' }
    await server.inject({ url: '/livez', remoteAddress, headers })
    await server.inject({ url: '/livez', remoteAddress })
  }
  return server.logged
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => /TRUST_PROXY is not set/.test(msg))
    .map(({ proxy }) => proxy)
}

describe('a proxy that TRUST_PROXY does not name', () => {
  it('is told of, once', async () => {
    assert.deepEqual(await warnedOf(['172.30.97.2', '127.0.0.1']), ['172.30.97.2'])
    assert.deepEqual(await warnedOf(['::ffff:10.0.0.1']), ['::ffff:10.0.0.1'])
  })

  it('is none where anybody may claim to be one, or where another one is named', async () => {
    assert.deepEqual(await warnedOf(['192.0.2.1', '2001:db8::1']), [])
    assert.deepEqual(await warnedOf(['127.0.0.1'], { TRUST_PROXY: '10.0.0.1' }), [])
  })
})
