import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { after, describe, it } from 'node:test'
import { basic, cardFor, connectPhone } from '../../test/dav.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const phone = await connectPhone(server, ada)
const other = `${phone.home}other/`

/** Sends an address as it is written, which `inject` and `fetch` do not. */
async function statusOf(method: string, path: string, body?: string): Promise<number | undefined> {
  const { hostname, port } = new URL(server.url)
  const headers = { authorization: basic(ada.email, phone.password), 'content-type': 'text/vcard' }
  const sent = httpRequest({ hostname, port, method, path, headers, agent: false }).end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode
}

describe('a fragment', () => {
  it('in the address of a request is refused, and nothing is done', async () => {
    expectStatus(await phone.call('MKCOL', other), 201)
    const card = cardFor('Ada')
    expectStatus(await phone.put('b.vcf', card), 201)
    const cases: [method: string, path: string, body?: string][] = [
      ['DELETE', `${other}#x.vcf`],
      ['DELETE', `${phone.book}b.vcf#zz`],
      ['PUT', `${phone.book}b.vcf#zz`, cardFor('Bob')],
      ['GET', `${phone.book}b.vcf?x#zz`],
      ['PROPFIND', `${server.url}${phone.book}#zz`],
      ['MKCOL', `${phone.home}new#zz`],
    ]
    for (const [method, path, body] of cases) {
      assert.equal(await statusOf(method, path, body), 400, `${method} ${path}`)
    }
    assert.equal(await statusOf('GET', other), 200)
    assert.equal((await phone.call('GET', `${phone.book}b.vcf`)).body, card)
  })
})

describe('a Destination', () => {
  it('that could be read as another one is refused, and nothing is moved', async () => {
    const card = cardFor('Moved')
    await phone.put('from.vcf', card)
    await phone.put('there.vcf', cardFor('There'))
    const names = ['there.vcf#x', '\xe4.vcf', '%E4.vcf', '\xc3.vcf', '%zz.vcf']
    for (const name of names) {
      for (const destination of [phone.book + name, `http://localhost:8000${phone.book}${name}`]) {
        const answer = await phone.call('MOVE', `${phone.book}from.vcf`, '', { destination })
        expectStatus(answer, 400)
      }
    }
    assert.equal((await phone.call('GET', `${phone.book}from.vcf`)).body, card)
    expectStatus(await phone.call('GET', `${phone.book}there.vcf`), 200)
    // UTF-8 as it is, which some programs send.
    const destination = phone.book + Buffer.from('ä.vcf').toString('latin1')
    expectStatus(await phone.call('MOVE', `${phone.book}from.vcf`, '', { destination }), 201)
    assert.equal((await phone.call('GET', `${phone.book}%C3%A4.vcf`)).body, card)
  })
})
