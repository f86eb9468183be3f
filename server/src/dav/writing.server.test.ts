import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { cardFor, conditionIn, connectPhone, readMultistatus } from '../../test/dav.ts'
import { expectStatus, readJson, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

async function someone() {
  const ada = await signUp(server)
  return { ada, phone: await connectPhone(server, ada) }
}

describe('of many writes at once', () => {
  it('that expect the same state, one is done', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada')
    const { headers } = await phone.put('a.vcf', card)
    const writes = Array.from({ length: 20 }, (_, at) =>
      phone.put('a.vcf', card.replace('FN:Ada', `FN:Ada ${at}`), {
        'if-match': String(headers.etag),
      }),
    )
    const statuses = (await Promise.all(writes)).map(({ statusCode }) => statusCode)
    assert.deepEqual(
      statuses.toSorted((a, b) => a - b),
      [204, ...Array.from({ length: 19 }, () => 412)],
    )
  })

  it('that expect nothing to be there, one is done', async () => {
    const { ada, phone } = await someone()
    const writes = Array.from({ length: 20 }, () =>
      phone.put('a.vcf', cardFor('Ada'), { 'if-none-match': '*' }),
    )
    const statuses = (await Promise.all(writes)).map(({ statusCode }) => statusCode)
    assert.deepEqual(
      statuses.toSorted((a, b) => a - b),
      [201, ...Array.from({ length: 19 }, () => 412)],
    )
    assert.equal((await readJson<object[]>(ada, '/api/contacts')).length, 1)
  })

  it('that bring the same UID under several names, one is done', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada')
    const writes = Array.from({ length: 20 }, (_, at) => phone.put(`${at}.vcf`, card))
    const statuses = (await Promise.all(writes)).map(({ statusCode }) => statusCode)
    assert.deepEqual(
      statuses.toSorted((a, b) => a - b),
      [201, ...Array.from({ length: 19 }, () => 403)],
    )
  })

  it('a contact and a group that want one name or UID, one is done', async () => {
    const { phone } = await someone()
    const uid = randomUUID()
    const group = cardFor('Choir', ['X-ADDRESSBOOKSERVER-KIND:group'], uid)
    for (let round = 0; round < 20; round++) {
      const [name, other] = [`${round}.vcf`, `${round}-other.vcf`]
      const cards = round % 2 === 0 ? [cardFor('Ada'), group] : [group, cardFor('Ada')]
      const both = await Promise.all(cards.map((card) => phone.put(name, card)))
      const done = both.filter(({ statusCode }) => statusCode === 201)
      assert.equal(done.length, 1)
      const same = await Promise.all([
        phone.put(other, cardFor('Ada', [], `c${round}`)),
        phone.put(name, group.replace(uid, `c${round}`)),
      ])
      assert.ok(same.filter(({ statusCode }) => statusCode === 201).length <= 1)
      await Promise.all([name, other].map((one) => phone.call('DELETE', phone.book + one)))
    }
  })

  it('a listing that makes cards leaves none behind that is out of date', async () => {
    const { ada, phone } = await someone()
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, at) => ada.post('/api/contacts', { first_name: `Old${at}` })),
    )
    const ids = made.map((answer) => answer.json().id as string)
    const change = (id: string) => ada.patch(`/api/contacts/${id}`, { first_name: 'New' })
    await Promise.all([
      ...ids.map(change),
      phone.propfind(phone.book, 1, 'getetag'),
      phone.propfind(phone.book, 1, 'getetag'),
    ])
    for (const id of ids) {
      const { body } = await phone.call('GET', `${phone.book}${id}.vcf`)
      assert.match(body, /\r\nFN:New\r\n/)
    }
  })
})

describe('the conditions of a write', () => {
  it('are read as clients write them', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada')
    const made = await phone.put('a.vcf', card)
    const etag = String(made.headers.etag)
    const bare = etag.slice(1, -1)
    const holding: Record<string, string>[] = [
      { 'if-match': bare },
      { 'if-match': `\\"${bare}\\"` },
      { 'if-match': `"other", ${etag}` },
      { 'if-match': `"${bare}-gzip"` },
      { 'if-match': '*' },
      { 'if-none-match': '"other"' },
      { if: `([${etag}])` },
      { if: `<${phone.book}a.vcf> (["other"]) ([${etag}])` },
      { if: `<http://localhost:8000${phone.book}a.vcf> ([${etag}])` },
      { if: '(Not <urn:uuid:lock>)' },
      { if: `(Not<urn:uuid:lock> [${etag}])(<urn:uuid:lock>)` },
      { 'if-unmodified-since': new Date(Date.now() + 60_000).toUTCString() },
    ]
    for (const headers of holding) expectStatus(await phone.put('a.vcf', card, headers), 204)
    const failing: Record<string, string>[] = [
      { 'if-match': `W/${etag}` },
      { 'if-none-match': etag },
      { 'if-none-match': `"other", W/${etag}` },
      { if: '(["other"])' },
      { if: `<${phone.book}b.vcf> ([${etag}])` },
      { if: '(<urn:uuid:lock>)' },
      { 'if-unmodified-since': new Date(Date.now() - 60_000).toUTCString() },
    ]
    for (const headers of failing) expectStatus(await phone.put('a.vcf', card, headers), 412)
    const malformed = [
      'garbage',
      '',
      '()',
      '(["x"]',
      '(["x"]) x',
      `<${phone.book}>`,
      `([${etag}]`.repeat(500),
    ]
    for (const header of malformed) {
      expectStatus(await phone.put('a.vcf', card, { if: header }), 400)
      expectStatus(await phone.call('DELETE', `${phone.book}a.vcf`, '', { if: header }), 400)
    }
    const read = (tags: string) =>
      phone.call('GET', `${phone.book}a.vcf`, '', { 'if-none-match': tags })
    expectStatus(await read(`W/${etag}`), 304)
    expectStatus(await read('W/"other"'), 200)
  })

  it('may be the token of the last sync, which holds until something changes', async () => {
    const { phone } = await someone()
    const { syncToken = '' } = await phone.sync('')
    const then = { if: `<http://localhost:8000${phone.book}> (<${syncToken}>)` }
    expectStatus(await phone.put('a.vcf', cardFor('Ada'), then), 201)
    expectStatus(await phone.put('b.vcf', cardFor('Bea'), then), 412)
    expectStatus(await phone.call('DELETE', `${phone.book}a.vcf`, '', then), 412)
    const now = { if: `<${phone.book}> (<${(await phone.sync(syncToken)).syncToken}>)` }
    // A list without an address is about what the request is about.
    const untagged = { if: now.if.replace(/<.*?> /, '') }
    expectStatus(await phone.call('DELETE', `${phone.book}a.vcf`, '', untagged), 412)
    expectStatus(await phone.call('DELETE', `${phone.book}a.vcf`, '', now), 204)
  })

  it('may be the token of another book, at its own address', async () => {
    const { phone } = await someone()
    const other = `${phone.home}other/`
    expectStatus(await phone.call('MKCOL', other), 201)
    const body = '<sync-collection xmlns="DAV:"><sync-token/><prop/></sync-collection>'
    const { syncToken = '' } = await phone.report(other, body)
    const put = (about: string, name = 'a.vcf') =>
      phone.put(name, cardFor('Ada'), { if: `<${about}> (<${syncToken}>)` })
    expectStatus(await put(phone.book), 412)
    expectStatus(await put(`${phone.home}nowhere/`), 412)
    expectStatus(await put(other), 201)
    expectStatus(await put(other, 'b.vcf'), 412)
  })

  it('may be the tag of another card, at its own address', async () => {
    const { ada, phone } = await someone()
    const other = `${phone.home}other/`
    const put = async (name: string, card = cardFor(name)) =>
      String((await phone.put(name, card)).headers.etag)
    const [a, b] = [await put('a.vcf'), await put('b@c.vcf')]
    const { id } = (await ada.post('/api/contacts', { first_name: 'Ida' })).json()
    const found = (await phone.propfind(phone.book, 1, 'getetag')).responses
    const ofIda = found.get(`${phone.book}${id}.vcf`)?.found.get('{DAV:}getetag') ?? ''
    const group = cardFor('Choir', ['X-ADDRESSBOOKSERVER-KIND:group'])
    const ofGroup = await put('choir.vcf', group)
    const about = (name: string, tag: string) => `<${phone.book}${name}> ([${tag}])`
    const stranger = (await someone()).phone
    await stranger.put('a.vcf', cardFor('Ada'))
    const failing = [
      about('b@c.vcf', a),
      about('b@c.vcf', '"x"'),
      about('nothing.vcf', b),
      about('', b),
      `<${stranger.book}a.vcf> (["x"])`,
      about('b@c.vcf', b).replace('(', '(Not '),
      `<${phone.book}b@c.vcf> ([${b}] ["x"])`,
    ]
    const write = (header: string, name = 'new.vcf') =>
      phone.put(name, cardFor(header), { if: header })
    for (const header of failing) expectStatus(await write(header), 412)
    const holding = [
      about('b@c.vcf', b),
      about('b%40c.vcf', b),
      `<http://localhost:8000${phone.book}b@c.vcf> ([${b}])`,
      about('nothing.vcf', b).replace('(', '(Not '),
      about(`${id}.vcf`, ofIda),
      about('choir.vcf', ofGroup),
      `${about('a.vcf', '"x"')} ${about('b@c.vcf', b)}`,
    ]
    for (const [at, header] of holding.entries()) {
      expectStatus(await write(header, `new${at}.vcf`), 201)
    }
    expectStatus(await phone.call('MKCOL', other, '', { if: about('a.vcf', b) }), 412)
    expectStatus(await phone.call('MKCOL', other, '', { if: about('a.vcf', a) }), 201)
    const destination = `${phone.book}b@c.vcf`
    const move = (header: string) =>
      phone.call('MOVE', `${phone.book}a.vcf`, '', { destination, if: header })
    expectStatus(await move(about('b@c.vcf', a)), 412)
    expectStatus(await move(about('b@c.vcf', b)), 204)
    expectStatus(await phone.call('DELETE', other, '', { if: about('a.vcf', a) }), 412)
    expectStatus(await phone.call('DELETE', other, '', { if: about('b@c.vcf', a) }), 204)
  })

  it('are asked of properties and address books as well', async () => {
    const { phone } = await someone()
    const other = `${phone.home}other/`
    const naming =
      '<propertyupdate xmlns="DAV:"><set><prop><displayname>A</displayname></prop></set></propertyupdate>'
    const made = await phone.put('a.vcf', cardFor('Ada'))
    const etag = String(made.headers.etag)
    const patch = (url: string, headers: Record<string, string>) =>
      phone.call('PROPPATCH', url, naming, headers)
    expectStatus(await phone.call('MKCOL', other, '', { 'if-match': '*' }), 412)
    expectStatus(await phone.call('MKCOL', other, '', { 'if-none-match': '*' }), 201)
    for (const headers of [{ 'if-match': '"x"' }, { if: '(<urn:uuid:lock>)' }]) {
      expectStatus(await patch(`${phone.book}a.vcf`, headers), 412)
      expectStatus(await patch(other, headers), 412)
      expectStatus(await phone.call('DELETE', other, '', headers), 412)
      const destination = `${phone.home}third/`
      expectStatus(await phone.call('MOVE', other, '', { ...headers, destination }), 412)
    }
    expectStatus(await patch(`${phone.book}a.vcf`, { 'if-match': etag }), 207)
    expectStatus(await patch(other, { 'if-match': '*' }), 207)
    const body = '<sync-collection xmlns="DAV:"><sync-token/><prop/></sync-collection>'
    for (const [book, status] of [
      [phone.book, 412],
      [other, 204],
    ] as const) {
      const { syncToken = '' } = await phone.report(book, body)
      expectStatus(await phone.call('DELETE', other, '', { if: `(<${syncToken}>)` }), status)
    }
  })
})

describe('many at once', () => {
  it('lose nothing and see everything, phones that sync and others that write', async () => {
    const { ada, phone } = await someone()
    const cards = Array.from({ length: 60 }, (_, at) => `c${at}.vcf`)
    const phones = await Promise.all(Array.from({ length: 10 }, () => connectPhone(server, ada)))
    const known = phones.map(() => new Set<string>())
    const tokens = phones.map(() => '')
    const syncAll = () =>
      Promise.all(
        phones.map(async (one, at) => {
          const { responses, syncToken = '' } = await one.sync(tokens[at] ?? '')
          tokens[at] = syncToken
          for (const [href, { status }] of responses) {
            if (status === 404) known[at]?.delete(href)
            else known[at]?.add(href)
          }
        }),
      )
    const writeAll = async () => {
      const puts = cards.map((name) => phone.put(name, cardFor(name)))
      const made = cards.map((name) => ada.post('/api/contacts', { first_name: name }))
      for (const answer of await Promise.all([...puts, ...made])) expectStatus(answer, 201)
      const odd = cards.filter((_, at) => at % 2 === 1)
      const deleted = odd.map((name) => phone.call('DELETE', phone.book + name))
      for (const answer of await Promise.all(deleted)) expectStatus(answer, 204)
    }
    const rounds = async () => {
      for (let round = 0; round < 5; round++) await syncAll()
    }
    await Promise.all([writeAll(), rounds()])
    await syncAll()
    const listed = await phone.propfind(phone.book, 1, 'getetag')
    const all = new Set([...listed.responses.keys()].filter((href) => href !== phone.book))
    assert.equal(all.size, cards.length + cards.length / 2)
    for (const one of known) assert.deepEqual(one, all)
  })
})

describe('bad input', () => {
  it('is refused at once, whatever it is', async () => {
    const { phone } = await someone()
    const propfind = (body: string | Buffer) =>
      phone.call('PROPFIND', phone.book, body, { depth: '0' })
    expectStatus(await propfind('<a>'.repeat(100_000)), 400)
    expectStatus(await propfind('<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'), 400)
    expectStatus(await propfind(Buffer.alloc(2_000_000, ' ')), 413)
    expectStatus(await propfind(Buffer.alloc(5_000_000, ' ')), 413)
    const large = await phone.put('a.vcf', Buffer.alloc(5_000_000, 'x'))
    expectStatus(large, 413)
    assert.equal(conditionIn(large), '{urn:ietf:params:xml:ns:carddav}max-resource-size')
    const names = Array.from({ length: 300 }, (_, at) => `<p${at}/>`).join('')
    expectStatus(await propfind(`<propfind xmlns="DAV:"><prop>${names}</prop></propfind>`), 400)
    const deep = '<property name="owner">'.repeat(25) + '</property>'.repeat(25)
    const expand = `<expand-property xmlns="DAV:">${deep.repeat(5)}</expand-property>`
    expectStatus(await phone.call('REPORT', phone.book, expand), 403)
    const elsewhere = { destination: 'https://elsewhere.example.org/dav/' }
    expectStatus(await phone.call('MOVE', `${phone.book}none.vcf`, '', elsewhere), 502)
    for (const destination of ['x', '::bad::', 'mailto:a@example.org']) {
      const answer = await phone.call('MOVE', `${phone.book}none.vcf`, '', { destination })
      expectStatus(answer, 400)
    }
    expectStatus(await phone.call('MOVE', `${phone.book}none.vcf`), 400)
    const broken = await phone.call('GET', `${phone.book}%zz.vcf`)
    expectStatus(broken, 400)
    assert.equal(conditionIn(broken), '{urn:kith:dav}detail')
    expectStatus(await phone.put(`${'x'.repeat(300)}.vcf`, cardFor('A')), 403)
  })

  it('is refused where it is encoded, or a part of something', async () => {
    const { phone } = await someone()
    const encoded = await phone.put('a.vcf', cardFor('Ada'), { 'content-encoding': 'gzip' })
    expectStatus(encoded, 415)
    assert.equal(encoded.headers['accept-encoding'], 'identity')
    const part = await phone.put('a.vcf', cardFor('Ada'), { 'content-range': 'bytes 0-9/200' })
    expectStatus(part, 400)
    expectStatus(await phone.put('a.vcf', cardFor('Ada'), { 'content-encoding': 'identity' }), 201)
  })

  it('in UTF-16 is read as well', async () => {
    const { phone } = await someone()
    const body = '<propfind xmlns="DAV:"><prop><displayname/></prop></propfind>'
    const utf16 = Buffer.from(`\ufeff${body}`, 'utf16le')
    const { responses } = readMultistatus(
      await phone.call('PROPFIND', phone.book, utf16, { depth: '0' }),
    )
    assert.equal(responses.get(phone.book)?.found.get('{DAV:}displayname'), 'Contacts')
  })
})

describe('an app password', () => {
  it('opens nothing from the moment on when it is deleted', async () => {
    const { ada, phone } = await someone()
    expectStatus(await phone.call('OPTIONS', phone.book), 200)
    const [made] = await readJson<{ id: string }[]>(ada, '/api/users/me/app-passwords')
    expectStatus(await ada.delete(`/api/users/me/app-passwords/${made?.id}`), 204)
    expectStatus(await phone.call('OPTIONS', phone.book), 401)
  })

  it('keeps working while others guess at their address', async () => {
    const limited = await startServer({ RATE_LIMITS: 'on', RATE_LIMIT_DAV: '40/1m' })
    try {
      const ada = await signUp(limited)
      const phone = await connectPhone(limited, ada)
      const guess = () =>
        phone.call('OPTIONS', phone.book, undefined, {
          authorization: `Basic ${Buffer.from(`${ada.email}:wrong`).toString('base64')}`,
        })
      const statuses: number[] = []
      for (let at = 0; at < 31; at++) statuses.push((await guess()).statusCode)
      assert.deepEqual(new Set(statuses), new Set([401, 429]))
      for (let at = 0; at < 40; at++) expectStatus(await phone.call('OPTIONS', phone.book), 200)
      const over = await phone.call('OPTIONS', phone.book)
      expectStatus(over, 429)
      assert.ok(Number(over.headers['retry-after']) > 0)
    } finally {
      await limited[Symbol.asyncDispose]()
    }
  })
})

describe('the card of somebody else', () => {
  it('is neither seen nor touched, by whatever way', async () => {
    const { ada, phone } = await someone()
    const { phone: bob } = await someone()
    const card = cardFor('Ada')
    await phone.put('a.vcf', card)
    const theirs = `${phone.book}a.vcf`
    for (const method of [
      'GET',
      'HEAD',
      'PUT',
      'DELETE',
      'PROPPATCH',
      'OPTIONS',
      'MKCOL',
      'COPY',
    ]) {
      const answer = await bob.call(method, theirs, card, { 'content-type': 'text/vcard' })
      expectStatus(answer, 404)
    }
    await bob.put('b.vcf', cardFor('Bob'))
    const stolen = await bob.call('MOVE', `${bob.book}b.vcf`, '', { destination: theirs })
    expectStatus(stolen, 403)
    assert.equal(
      conditionIn(stolen),
      '{urn:ietf:params:xml:ns:carddav}addressbook-collection-location-ok',
    )
    const { responses } = await bob.report(
      bob.book,
      `<C:addressbook-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">
      <prop><getetag/></prop><href>${theirs}</href></C:addressbook-multiget>`,
    )
    assert.equal(responses.get(theirs)?.status, 404)
    // The same UID and name are free in each book.
    expectStatus(await bob.put('a.vcf', card), 201)
    assert.equal((await readJson<object[]>(ada, '/api/contacts')).length, 1)
  })
})
