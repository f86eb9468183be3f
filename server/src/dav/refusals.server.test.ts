import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardFor, connectPhone } from '../../test/dav.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const phone = await connectPhone(server, await signUp(server))
const { book } = phone
const card = cardFor('Ada')

await phone.put('a.vcf', card)
await phone.put('b.vcf', cardFor('Bob'))

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
