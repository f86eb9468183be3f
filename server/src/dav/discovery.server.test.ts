import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { basic, cardFor, conditionIn, connectPhone, readMultistatus } from '../../test/dav.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { childNamed, childrenOf } from './xml/element.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const ada = await signUp(server, { username: 'Ada' })
const phone = await connectPhone(server, ada)
const principal = `/dav/principals/${phone.userId}/`

const carddav = '{urn:ietf:params:xml:ns:carddav}'

describe('a program that knows the host alone', () => {
  it('is asked for a password, always with the same realm', async () => {
    for (const url of ['/', '/.well-known/carddav', '/dav/', phone.book]) {
      const answer = await phone.call('PROPFIND', url, '', { authorization: '', depth: '0' })
      expectStatus(answer, 401)
      assert.equal(answer.headers['www-authenticate'], 'Basic realm="Kith", charset="UTF-8"')
      assert.match(String(answer.headers['dav']), /addressbook/)
    }
  })

  it('is let in by no other password', async () => {
    const wrong = [ada.password, 'abcd', phone.password.slice(0, -1)]
    for (const password of wrong) {
      const authorization = basic(ada.email, password)
      expectStatus(await phone.call('PROPFIND', '/dav/', '', { authorization, depth: '0' }), 401)
    }
    const bearer = `Bearer ${ada.tokens.access_token}`
    const answer = await phone.call('PROPFIND', '/dav/', '', { authorization: bearer, depth: '0' })
    expectStatus(answer, 401)
  })

  it('finds its principal, from there its home, and there its book', async () => {
    for (const url of ['/', '/.well-known/carddav', '/.well-known/carddav/', '/dav', '/dav/']) {
      const { responses } = await phone.propfind(url, 0, 'current-user-principal')
      const [response] = responses.values()
      const [href = ''] = responses.keys()
      assert.equal(href.replace(/\/$/, ''), url.replace(/\/$/, ''))
      assert.match(
        JSON.stringify(response?.elements.get('{DAV:}current-user-principal')),
        new RegExp(principal),
      )
    }
    const names = ['C:addressbook-home-set', 'displayname', 'CS:unknown', 'resourcetype']
    const { responses } = await phone.propfind(principal, 0, ...names)
    const own = responses.get(principal)
    assert.match(
      JSON.stringify(own?.elements.get(`${carddav}addressbook-home-set`)),
      new RegExp(phone.home),
    )
    assert.equal(own?.found.get('{DAV:}displayname'), 'Ada')
    assert.deepEqual([...(own?.missing ?? [])], ['{http://calendarserver.org/ns/}unknown'])
    const home = await phone.propfind(phone.home, 1, 'resourcetype', 'displayname', 'sync-token')
    assert.deepEqual([...home.responses.keys()], [phone.home, phone.book])
    const book = home.responses.get(phone.book)
    assert.match(JSON.stringify(book?.elements.get('{DAV:}resourcetype')), /carddav\}addressbook/)
    assert.match(
      book?.found.get('{DAV:}sync-token') ?? '',
      /^http:\/\/127\.0\.0\.1:8000\/dav\/sync\//,
    )
  })

  it('is sent on by GET, and learns what the server can', async () => {
    const answer = await server.inject({ method: 'GET', url: '/.well-known/carddav' })
    expectStatus(answer, 301)
    assert.equal(answer.headers.location, '/dav/')
    assert.equal(answer.headers['cache-control'], 'public, max-age=3600')
    for (const url of ['/', '/.well-known/carddav']) {
      const { headers } = await server.inject({ method: 'OPTIONS', url })
      assert.match(String(headers['dav']), /addressbook/)
      assert.equal(headers.allow, 'OPTIONS, GET, HEAD, PROPFIND')
    }
    const options = await phone.call('OPTIONS', phone.book)
    expectStatus(options, 200)
    assert.match(String(options.headers['dav']), /^1, 3, /)
    assert.equal(options.headers.allow, 'OPTIONS, GET, HEAD, PROPFIND, REPORT, PROPPATCH, ACL')
    const reader = await connectPhone(server, ada, 'read_only')
    const allowed = await reader.call('OPTIONS', reader.book)
    assert.equal(allowed.headers.allow, 'OPTIONS, GET, HEAD, PROPFIND, REPORT')
  })
})

describe('PROPFIND', () => {
  it('refuses a listing of everything below', async () => {
    for (const depth of [{}, { depth: 'infinity' }]) {
      const answer = await phone.call('PROPFIND', phone.book, '', depth)
      expectStatus(answer, 403)
      assert.equal(conditionIn(answer), '{DAV:}propfind-finite-depth')
    }
  })

  it('gives all properties, or the names of them', async () => {
    await phone.put('p.vcf', cardFor('Grace'))
    const all = readMultistatus(
      await phone.call('PROPFIND', `${phone.book}p.vcf`, '', { depth: '0' }),
    )
    const [card] = all.responses.values()
    assert.ok(card?.found.has('{DAV:}getetag'))
    assert.ok(!card?.found.has('{DAV:}acl'))
    const body = '<propfind xmlns="DAV:"><propname/></propfind>'
    const names = readMultistatus(
      await phone.call('PROPFIND', `${phone.book}p.vcf`, body, { depth: '0' }),
    )
    const [named] = names.responses.values()
    assert.ok(named?.found.has('{DAV:}acl'))
    assert.equal(named?.found.get('{DAV:}getetag'), '')
  })

  it('is short where the client asks for that', async () => {
    const body = '<propfind xmlns="DAV:"><prop><displayname/><nothing/></prop></propfind>'
    for (const prefer of ['return=minimal', 'return-minimal', 'respond-async, return="minimal"']) {
      const short = await phone.call('PROPFIND', phone.book, body, { depth: '0', prefer })
      assert.doesNotMatch(short.body, /404/)
    }
    const whole = await phone.call('PROPFIND', phone.book, body, { depth: '0' })
    assert.match(whole.body, /HTTP\/1\.1 404 Not Found/)
  })

  it('states who may do what, of what is theirs and of what all have', async () => {
    for (const [url, principal] of [
      [phone.book, 'D:href'],
      ['/dav/', 'D:authenticated'],
    ] as const) {
      const { responses } = await phone.propfind(url, 0, 'acl', 'owner')
      const { elements } = responses.get(url) ?? {}
      const [entry] = childrenOf(elements?.get('{DAV:}acl') ?? assert.fail())
      const granted = childNamed(entry ?? assert.fail(), 'D:principal') ?? assert.fail()
      assert.ok(childNamed(granted, principal), url)
      assert.equal(
        childrenOf(elements?.get('{DAV:}owner') ?? assert.fail()).length > 0,
        url === phone.book,
      )
    }
  })

  it('leaves out the collection itself where the client asks for that', async () => {
    const body = '<propfind xmlns="DAV:"><prop><displayname/></prop></propfind>'
    const listed = async (headers: Record<string, string>) => {
      const answer = await phone.call('PROPFIND', phone.home, body, { depth: '1', ...headers })
      return [readMultistatus(answer).responses, answer.headers['preference-applied']] as const
    }
    const [both, applied] = await listed({ prefer: 'return=minimal, depth-noroot' })
    assert.equal(applied, 'return=minimal, depth-noroot')
    const [old] = await listed({ depth: '1,noroot' })
    for (const responses of [both, old]) {
      assert.ok(responses.has(phone.book))
      assert.ok(!responses.has(phone.home))
    }
    const [whole] = await listed({ depth: '0', prefer: 'depth-noroot' })
    assert.deepEqual([...whole.keys()], [phone.home])
  })

  it('refuses what is no XML, and what is no PROPFIND', async () => {
    for (const body of ['<propfind', '<a/>', '<propfind xmlns="DAV:"/>', 'x', '<!DOCTYPE a><a/>']) {
      expectStatus(await phone.call('PROPFIND', phone.book, body, { depth: '0' }), 400)
    }
    expectStatus(await phone.call('PROPFIND', phone.book, '', { depth: '2' }), 400)
  })

  it('finds nothing at the places of others, or where there is nothing', async () => {
    const bob = await connectPhone(server, await signUp(server))
    const paths = [
      bob.book,
      bob.home,
      `/dav/principals/${bob.userId}/`,
      `${phone.home}other/`,
      `${phone.book}none.vcf`,
      `${phone.book}..%2Fp.vcf`,
      `${phone.book}a%2Fb.vcf`,
      `${phone.book}p.vcf/deeper`,
      '/dav/nothing/',
      `${phone.home}contacts%2F`,
    ]
    for (const path of paths) {
      expectStatus(await phone.call('PROPFIND', path, '', { depth: '0' }), 404)
    }
  })
})

describe('PROPPATCH', () => {
  const update = (inner: string) =>
    `<propertyupdate xmlns="DAV:" xmlns:X="urn:x">${inner}</propertyupdate>`

  it('keeps what the server does not know, with its markup', async () => {
    const body = update(
      '<set><prop><X:colour a="1">red<X:b/></X:colour><displayname>Mine</displayname></prop></set>',
    )
    expectStatus(await phone.call('PROPPATCH', phone.book, body), 207)
    const asked =
      '<propfind xmlns="DAV:" xmlns:X="urn:x"><prop><X:colour/><displayname/></prop></propfind>'
    const read = readMultistatus(await phone.call('PROPFIND', phone.book, asked, { depth: '0' }))
    const [book] = read.responses.values()
    assert.equal(book?.found.get('{DAV:}displayname'), 'Mine')
    assert.equal(book?.found.get('{urn:x}colour'), 'red')
    expectStatus(
      await phone.call(
        'PROPPATCH',
        phone.book,
        update('<remove><prop><X:colour/></prop></remove>'),
      ),
      207,
    )
    const again = readMultistatus(await phone.call('PROPFIND', phone.book, asked, { depth: '0' }))
    assert.ok([...again.responses.values()][0]?.missing.has('{urn:x}colour'))
  })

  it('keeps the language that is in scope', async () => {
    const body = update(
      `<set xml:lang="de"><prop><X:a>rot</X:a><X:b xml:lang="fr">rouge</X:b></prop></set>`,
    )
    expectStatus(await phone.call('PROPPATCH', phone.home, body), 207)
    const asked = '<propfind xmlns="DAV:" xmlns:X="urn:x"><prop><X:a/><X:b/></prop></propfind>'
    const answer = await phone.call('PROPFIND', phone.home, asked, { depth: '0' })
    const [home] = readMultistatus(answer).responses.values()
    const langOf = (name: string) =>
      home?.elements.get(name)?.attributes.get('{http://www.w3.org/XML/1998/namespace}lang')
    assert.deepEqual([langOf('{urn:x}a'), langOf('{urn:x}b')], ['de', 'fr'])
  })

  it('keeps no more than there is room for', async () => {
    const many = Array.from({ length: 101 }, (_, at) => `<X:p${at}>1</X:p${at}>`).join('')
    const body = update(`<set><prop>${many}</prop></set>`)
    const answer = await phone.call('PROPPATCH', phone.home, body)
    expectStatus(answer, 507)
    assert.equal(conditionIn(answer), '{DAV:}quota-not-exceeded')
    const asked = '<propfind xmlns="DAV:" xmlns:X="urn:x"><prop><X:p1/></prop></propfind>'
    const read = readMultistatus(await phone.call('PROPFIND', phone.home, asked, { depth: '0' }))
    assert.ok([...read.responses.values()][0]?.missing.has('{urn:x}p1'))
    const large = update(`<set><prop><X:large>${'x'.repeat(70_000)}</X:large></prop></set>`)
    assert.match(
      (await phone.call('PROPPATCH', phone.home, large)).body,
      /507 Insufficient Storage/,
    )
  })

  it('writes all or nothing', async () => {
    const body = update('<set><prop><X:size>1</X:size><getetag>x</getetag></prop></set>')
    const answer = await phone.call('PROPPATCH', phone.book, body)
    expectStatus(answer, 207)
    assert.match(answer.body, /403 Forbidden.*cannot-modify-protected-property/s)
    assert.match(answer.body, /424 Failed Dependency/)
    const asked = '<propfind xmlns="DAV:" xmlns:X="urn:x"><prop><X:size/></prop></propfind>'
    const read = readMultistatus(await phone.call('PROPFIND', phone.book, asked, { depth: '0' }))
    assert.ok([...read.responses.values()][0]?.missing.has('{urn:x}size'))
  })
})

describe('address books', () => {
  it('are made, filled by moving and copying, and deleted with their cards', async () => {
    const other = `${phone.home}other/`
    const body = `<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop>
      <resourcetype><collection/><C:addressbook/></resourcetype><displayname>Other</displayname>
      </prop></set></mkcol>`
    expectStatus(await phone.call('MKCOL', other, body, { 'content-type': 'text/xml' }), 201)
    expectStatus(await phone.call('MKCOL', other), 405)
    expectStatus(await phone.call('MKCOL', `${other}nested/`), 403)
    expectStatus(await phone.call('MKCOL', `${phone.home}none/nested/`), 409)
    await phone.put('m.vcf', cardFor('Mary'))
    const from = `${phone.book}m.vcf`
    const { syncToken = '' } = await phone.sync('')
    const to = { destination: `http://localhost:8000${other}n.vcf` }
    const noted =
      '<propertyupdate xmlns="DAV:"><set><prop><x xmlns="urn:x">1</x></prop></set></propertyupdate>'
    expectStatus(await phone.call('PROPPATCH', from, noted), 207)
    expectStatus(await phone.call('COPY', from, '', to), 201)
    const asked = '<propfind xmlns="DAV:"><prop><x xmlns="urn:x"/></prop></propfind>'
    const copied = await phone.call('PROPFIND', `${other}n.vcf`, asked, { depth: '0' })
    assert.equal([...readMultistatus(copied).responses.values()][0]?.found.get('{urn:x}x'), '1')
    expectStatus(await phone.call('COPY', from, '', { ...to, overwrite: 'F' }), 412)
    for (const method of ['COPY', 'MOVE']) {
      expectStatus(await phone.call(method, from, '', { ...to, overwrite: 'X' }), 400)
    }
    expectStatus(await phone.call('MOVE', from, '', to), 204)
    expectStatus(await phone.call('GET', from), 404)
    expectStatus(await phone.call('GET', `${other}n.vcf`), 200)
    assert.equal((await phone.sync(syncToken)).responses.get(from)?.status, 404)
    expectStatus(
      await phone.call('MOVE', `${other}n.vcf`, '', { destination: `${other}o.vcf` }),
      201,
    )
    expectStatus(
      await phone.call('MOVE', `${other}o.vcf`, '', { destination: `${other}o.vcf` }),
      403,
    )
    const elsewhere = { destination: 'http://example.org/x.vcf' }
    expectStatus(await phone.call('MOVE', `${other}o.vcf`, '', elsewhere), 502)
    expectStatus(await phone.call('DELETE', other), 204)
    expectStatus(await phone.call('GET', `${other}o.vcf`), 404)
    expectStatus(await phone.call('DELETE', phone.book), 403)
    const inner = `${phone.home}inner/`
    expectStatus(await phone.call('MKCOL', inner), 201)
    for (const depth of ['0', '1']) {
      expectStatus(await phone.call('DELETE', inner, '', { depth }), 400)
    }
    expectStatus(await phone.call('DELETE', inner, '', { depth: 'infinity' }), 204)
  })

  it('get another address by moving, and nothing takes the place of the first one', async () => {
    const to = (slug: string) => ({ destination: `${phone.home}${slug}/` })
    for (const slug of ['one', 'two']) {
      expectStatus(await phone.call('MKCOL', `${phone.home}${slug}/`), 201)
      const card = cardFor(slug, [], `uid-${slug}`)
      const type = { 'content-type': 'text/vcard' }
      expectStatus(await phone.call('PUT', `${phone.home}${slug}/a.vcf`, card, type), 201)
    }
    const idOf = async (slug: string) => {
      const url = `${phone.home}${slug}/`
      const read = await phone.propfind(url, 0, 'resource-id')
      return read.responses.get(url)?.elements.get('{DAV:}resource-id')
    }
    const id = await idOf('one')
    assert.ok(id)
    expectStatus(await phone.call('MOVE', `${phone.home}one/`, '', to('three')), 201)
    assert.deepEqual(await idOf('three'), id)
    expectStatus(await phone.call('GET', `${phone.home}one/a.vcf`), 404)
    const overwriting = { ...to('two'), overwrite: 'F' }
    expectStatus(await phone.call('MOVE', `${phone.home}three/`, '', overwriting), 412)
    expectStatus(await phone.call('MOVE', `${phone.home}three/`, '', to('two')), 204)
    assert.match((await phone.call('GET', `${phone.home}two/a.vcf`)).body, /UID:uid-one/)
    expectStatus(await phone.call('MOVE', `${phone.home}two/`, '', to('contacts')), 403)
    expectStatus(await phone.call('MOVE', phone.book, '', to('four')), 403)
    expectStatus(await phone.call('MOVE', `${phone.home}two/`, '', to('contacts/in')), 403)
    expectStatus(await phone.call('DELETE', `${phone.home}two/`), 204)
  })

  it('take no token of a book that had the address before', async () => {
    const url = `${phone.home}again/`
    const body = (token: string) =>
      `<sync-collection xmlns="DAV:"><sync-token>${token}</sync-token><prop/></sync-collection>`
    const type = { 'content-type': 'text/vcard' }
    expectStatus(await phone.call('MKCOL', url), 201)
    expectStatus(await phone.call('PUT', `${url}a.vcf`, cardFor('A'), type), 201)
    const { syncToken = '' } = await phone.report(url, body(''))
    expectStatus(await phone.call('REPORT', url, body(syncToken)), 207)
    expectStatus(await phone.call('DELETE', url), 204)
    expectStatus(await phone.call('MKCOL', url), 201)
    const answer = await phone.call('REPORT', url, body(syncToken))
    expectStatus(answer, 403)
    assert.equal(conditionIn(answer), '{DAV:}valid-sync-token')
    expectStatus(await phone.call('DELETE', url), 204)
  })

  it('that are there are not made again', async () => {
    const answer = await phone.call('MKCOL', phone.book)
    expectStatus(answer, 405)
    assert.equal(conditionIn(answer), '{DAV:}resource-must-be-null')
    assert.doesNotMatch(String(answer.headers.allow), /MKCOL/)
    await phone.put('a.vcf', cardFor('Ada'))
    const card = await phone.call('MKCOL', `${phone.book}a.vcf`)
    expectStatus(card, 405)
    assert.match(String(card.headers.allow), /PUT/)
    expectStatus(await phone.call('MKCOL', `${phone.book}b.vcf`), 403)
  })

  it('are of no other type', async () => {
    const body = `<mkcol xmlns="DAV:"><set><prop><resourcetype><collection/><calendar
      xmlns="urn:ietf:params:xml:ns:caldav"/></resourcetype></prop></set></mkcol>`
    const answer = await phone.call('MKCOL', `${phone.home}cal/`, body, {
      'content-type': 'text/xml',
    })
    expectStatus(answer, 403)
    assert.match(answer.body, /mkcol-response.*valid-resourcetype/s)
  })
})

describe('GET of a collection', () => {
  it('lists what is in it for people', async () => {
    await phone.put('b&<.vcf'.replace('<', '%3C'), cardFor('Listed'))
    const page = await phone.call('GET', phone.book)
    expectStatus(page, 200)
    assert.match(String(page.headers['content-type']), /^text\/html/)
    assert.ok(page.body.includes(`<a href="${phone.book}b&amp;%3C.vcf">b&amp;&lt;.vcf</a>`))
    assert.match(
      page.body,
      /^<!doctype html>[^]*<ul>\s*(?:<li>[^\n]*<\/li>\s*)+<\/ul>\s*<\/html>\s*$/,
    )
    const head = await phone.call('HEAD', phone.home)
    expectStatus(head, 200)
    assert.equal(head.body, '')
    expectStatus(await phone.call('GET', `${phone.home}none/`), 404)
  })
})

describe('a collection without the slash at its end', () => {
  it('is named in full in what is said of it', async () => {
    const report = '<principal-search-property-set xmlns="DAV:"/>'
    for (const whole of ['/dav/', principal, phone.home, phone.book]) {
      for (const [method, body] of [['PROPFIND'], ['GET'], ['HEAD'], ['REPORT', report]] as const) {
        const ask = (url: string) => phone.call(method, url, body, { depth: '0' })
        const { headers } = await ask(`${whole.slice(0, -1)}?x`)
        assert.equal(headers['content-location'], whole, method)
        assert.equal((await ask(whole)).headers['content-location'], undefined)
      }
    }
  })
})

describe('what is not offered', () => {
  it('is refused as WebDAV refuses it', async () => {
    expectStatus(await phone.call('LOCK', phone.book), 405)
    expectStatus(await phone.call('POST', phone.book), 405)
    expectStatus(await phone.call('ACL', phone.book), 403)
    expectStatus(await phone.call('PUT', phone.book, cardFor('A')), 403)
    expectStatus(await phone.call('PUT', `${phone.home}none/a.vcf`, cardFor('A')), 409)
    const answer = await phone.call('REPORT', phone.book, '<x xmlns="urn:x"/>')
    expectStatus(answer, 403)
    assert.equal(conditionIn(answer), '{DAV:}supported-report')
  })
})
