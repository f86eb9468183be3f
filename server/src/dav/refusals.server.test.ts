import assert from 'node:assert/strict'
import { METHODS } from 'node:http'
import { after, describe, it } from 'node:test'
import { cardFor, connectPhone, readMultistatus } from '../../test/dav.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const phone = await connectPhone(server, await signUp(server))
const { book, home } = phone
const other = `${home}other/`
const member = `${book};add-member`
const card = cardFor('Ada')

await phone.call('MKCOL', other)
await phone.put('a.vcf', card)
await phone.put('b.vcf', cardFor('Bob'))
await phone.put('group.vcf', cardFor('Choir', ['X-ADDRESSBOOKSERVER-KIND:group']))

const ofOwn = 'OPTIONS, GET, HEAD, PROPFIND, REPORT, PROPPATCH, ACL'
const ofGroup = `${ofOwn}, PUT, DELETE`

describe('a method that is not offered', () => {
  it('is 405, with those that are', async () => {
    const offered = new Set(
      'OPTIONS GET HEAD PROPFIND PROPPATCH REPORT ACL MKCOL PUT DELETE COPY MOVE'.split(' '),
    )
    const refused = METHODS.filter((method) => method !== 'CONNECT' && !offered.has(method))
    const places = [
      [book, ofOwn],
      [other, `${ofOwn}, DELETE, MOVE`],
      [`${book}a.vcf`, `${ofOwn}, PUT, DELETE, COPY, MOVE`],
      [`${book}group.vcf`, ofGroup],
      [`${book}none.vcf`, 'OPTIONS, PUT'],
      [`${home}none/`, 'OPTIONS, MKCOL'],
    ] as const
    for (const [path, allow] of places) {
      for (const method of refused) {
        const answer = await phone.call(method, path, 'x', { 'content-type': 'text/plain' })
        assert.equal(answer.statusCode, 405, `${method} ${path}`)
        assert.equal(answer.headers.allow, allow, `${method} ${path}`)
      }
      assert.equal((await phone.call('OPTIONS', path)).headers.allow, allow, path)
    }
  })

  it('is 405 where cards are posted', async () => {
    for (const method of ['GET', 'PROPFIND', 'PUT', 'DELETE', 'MOVE', 'ACL', 'LOCK']) {
      const answer = await phone.call(method, member, method === 'PUT' ? card : undefined)
      assert.equal(answer.statusCode, 405, method)
      assert.equal(answer.headers.allow, 'OPTIONS, POST', method)
    }
    assert.equal((await phone.call('OPTIONS', member)).headers.allow, 'OPTIONS, POST')
  })
})

describe('a refusal', () => {
  it('has the status that fits', async () => {
    const onto = (path: string, more: Record<string, string> = {}) => ({
      destination: path,
      ...more,
    })
    const cases: [
      status: number,
      method: string,
      path: string,
      headers?: Record<string, string>,
    ][] = [
      [404, 'COPY', `${home}none/`, onto(`${home}new/`)],
      [403, 'COPY', other, onto(`${home}new/`)],
      [404, 'ACL', `${book}none.vcf`],
      [403, 'ACL', `${book}a.vcf`],
      [412, 'COPY', `${book}a.vcf`, onto(`${book}group.vcf`, { overwrite: 'F' })],
      [403, 'COPY', `${book}a.vcf`, onto(`${book}group.vcf`)],
      [400, 'MOVE', other, onto(`${home}new/`, { depth: '0' })],
      [400, 'DELETE', other, { depth: '1' }],
    ]
    for (const [status, method, path, headers] of cases) {
      const answer = await phone.call(method, path, undefined, headers)
      assert.equal(answer.statusCode, status, `${method} ${path} ${JSON.stringify(headers)}`)
    }
    expectStatus(await phone.call('PROPFIND', other, undefined, { depth: '0' }), 207)
  })
})

describe('a PROPPATCH', () => {
  it('may name no property', async () => {
    const body = '<propertyupdate xmlns="DAV:"><set><prop/></set></propertyupdate>'
    const read = readMultistatus(await phone.call('PROPPATCH', book, body))
    assert.match(read.body, /<D:propstat><D:prop\/><D:status>HTTP\/1\.1 200 OK/)
    expectStatus(await phone.call('PROPPATCH', book, '<propertyupdate xmlns="DAV:"/>'), 400)
  })
})

describe('a date in a condition', () => {
  it('counts in the three forms of HTTP alone', async () => {
    const at = new Date(Date.now() + 3_600_000)
    const [day = '', date = '', month = '', year = '', time = ''] = at.toUTCString().split(/,? /)
    const long = at.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
    const counting = [
      `${day}, ${date} ${month} ${year} ${time} GMT`,
      `${long}, ${date}-${month}-${year.slice(2)} ${time} GMT`,
      `${day} ${month} ${date.replace(/^0/, ' ')} ${time} ${year}`,
    ]
    const others = [at.toISOString(), '2099', `${year}-01-01`, `${date} ${month} 2099`, 'tomorrow']
    const url = `${book}a.vcf`
    for (const since of counting) {
      expectStatus(await phone.call('GET', url, undefined, { 'if-modified-since': since }), 304)
    }
    for (const since of others) {
      expectStatus(await phone.call('GET', url, undefined, { 'if-modified-since': since }), 200)
    }
    for (const [since, status] of [
      ['2001', 204],
      ['Mon, 01 Jan 2001 00:00:00 GMT', 412],
    ] as const) {
      expectStatus(
        await phone.put('b.vcf', (await phone.call('GET', `${book}b.vcf`)).body, {
          'if-unmodified-since': since,
        }),
        status,
      )
    }
  })
})

describe('a sentence for people', () => {
  it('has its language', async () => {
    const set = await phone.call('REPORT', '/dav/', '<principal-search-property-set xmlns="DAV:"/>')
    assert.match(set.body, /<D:description xml:lang="en">Name</)
    const { body } = await phone.propfind(book, 0, 'supported-privilege-set')
    assert.match(body, /<D:description xml:lang="en">All</)
    assert.doesNotMatch(set.body + body, /<D:description>/)
  })
})
