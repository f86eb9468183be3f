import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardFor, conditionIn, connectPhone } from '../../test/dav.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const carddav = '{urn:ietf:params:xml:ns:carddav}'
const data = `${carddav}address-data`

async function someone() {
  const ada = await signUp(server)
  return { ada, phone: await connectPhone(server, ada) }
}
type Phone = Awaited<ReturnType<typeof someone>>['phone']

const wrap = (name: string, inner: string) =>
  `<C:${name} xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">${inner}</C:${name}>`

describe('addressbook-multiget', () => {
  it('gives the cards at the addresses, and says which are not there', async () => {
    const { phone } = await someone()
    const card = cardFor('Zoë', ['TEL;TYPE=HOME:1', 'item1.EMAIL:z@example.org'])
    await phone.put('a@b%20c.vcf', card)
    const hrefs = [
      `${phone.book}a@b%20c.vcf`,
      `http://localhost:8000${phone.book}a%40b%20c.vcf`,
      `${phone.book}no.vcf`,
      '/dav/other',
    ]
    const body = wrap(
      'addressbook-multiget',
      `<prop><getetag/><C:address-data/></prop>${hrefs.map((href) => `<href>${href}</href>`).join('')}`,
    )
    const { responses } = await phone.report(phone.book, body)
    assert.equal(responses.get(`${phone.book}a@b%20c.vcf`)?.found.get(data), card)
    assert.equal(responses.get(`${phone.book}no.vcf`)?.status, 404)
    assert.equal(responses.get('/dav/other')?.status, 404)
  })

  it('gives the lines that are asked for', async () => {
    const { phone } = await someone()
    await phone.put('a.vcf', cardFor('Ada', ['TEL;TYPE=HOME:1', 'item1.EMAIL:z@example.org']))
    const props = '<C:prop name="FN"/><C:prop name="email"/><C:prop name="TEL" novalue="yes"/>'
    const body = wrap(
      'addressbook-multiget',
      `<prop><C:address-data>${props}</C:address-data></prop><href>${phone.book}a.vcf</href>`,
    )
    const { responses } = await phone.report(phone.book, body)
    assert.equal(
      responses.get(`${phone.book}a.vcf`)?.found.get(data),
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nTEL;TYPE=HOME:\r\nitem1.EMAIL:z@example.org\r\nEND:VCARD\r\n',
    )
  })

  it('refuses a type that cards are not in', async () => {
    const { phone } = await someone()
    const body = wrap('addressbook-multiget', '<prop><C:address-data version="2.1"/></prop>')
    const answer = await phone.call('REPORT', phone.book, body)
    expectStatus(answer, 403)
    assert.equal(conditionIn(answer), `${carddav}supported-address-data`)
  })
})

describe('addressbook-query', () => {
  async function book() {
    const { phone } = await someone()
    await phone.put(
      'c.vcf',
      cardFor('Ada', ['EMAIL;TYPE=HOME:ada@example.org', 'NICKNAME:The\\, one']),
    )
    await phone.put('a.vcf', cardFor('Bob', ['EMAIL;TYPE=WORK:bob@example.com', 'item1.TEL:+49 1']))
    await phone.put(
      'b.vcf',
      cardFor('Zoë', ['NOTE:a very long note that is folded in the mid', ' dle of a word']),
    )
    return phone
  }
  const names = async (phone: Phone, filter: string, more = '') => {
    const { responses } = await phone.report(
      phone.book,
      wrap('addressbook-query', `<prop><getetag/></prop>${filter}${more}`),
      { depth: '1' },
    )
    return [...responses.keys()].map((href) => href.replace(phone.book, ''))
  }
  const filter = (inner: string, test = 'anyof') => `<C:filter test="${test}">${inner}</C:filter>`
  const prop = (name: string, inner = '', test = 'anyof') =>
    `<C:prop-filter name="${name}" test="${test}">${inner}</C:prop-filter>`
  const text = (value: string, more = '') => `<C:text-match ${more}>${value}</C:text-match>`

  it('finds cards by their texts, in the order of their names', async () => {
    const phone = await book()
    const cases: [expected: string, filter: string][] = [
      ['a.vcf c.vcf', filter(prop('EMAIL'))],
      ['b.vcf', filter(prop('EMAIL', '<C:is-not-defined/>'))],
      ['c.vcf', filter(prop('FN', text('aDA')))],
      ['b.vcf', filter(prop('FN', text('ZOË')))],
      ['', filter(prop('FN', text('ADA', 'collation="i;octet"')))],
      ['c.vcf', filter(prop('EMAIL', text('ada@', 'match-type="starts-with"')))],
      ['a.vcf', filter(prop('EMAIL', text('.com', 'match-type="ends-with"')))],
      ['', filter(prop('EMAIL', text('ada', 'match-type="equals"')))],
      ['a.vcf', filter(prop('EMAIL', text('ada', 'negate-condition="yes"')))],
      ['c.vcf', filter(prop('NICKNAME', text('the, one', 'match-type="equals"')))],
      ['b.vcf', filter(prop('NOTE', text('middle')))],
      ['a.vcf', filter(prop('item1.TEL'))],
      ['', filter(prop('item2.TEL'))],
      ['a.vcf', filter(prop('tel', text('49')))],
      [
        'c.vcf',
        filter(prop('EMAIL', `<C:param-filter name="TYPE">${text('home')}</C:param-filter>`)),
      ],
      [
        '',
        filter(prop('EMAIL', '<C:param-filter name="TYPE"><C:is-not-defined/></C:param-filter>')),
      ],
      ['a.vcf c.vcf', filter(prop('FN', text('Ada')) + prop('FN', text('Bob')))],
      ['', filter(prop('FN', text('Ada')) + prop('FN', text('Bob')), 'allof')],
      [
        'a.vcf',
        filter(prop('FN', text('o') + text('b'), 'allof') + prop('EMAIL', text('bob')), 'allof'),
      ],
      ['a.vcf b.vcf c.vcf', filter('')],
    ]
    for (const [expected, query] of cases) {
      assert.equal((await names(phone, query)).join(' '), expected, query)
    }
  })

  it('looks at a card as it is served, in the version that is asked for', async () => {
    const { phone } = await someone()
    const four = (name: string, lines: string[]) =>
      cardFor(name, lines).replace('VERSION:3.0', 'VERSION:4.0')
    await phone.put('a.vcf', four('Ada', ['TEL;PREF=1;VALUE=uri:tel:+49-1', 'BDAY:--0408']))
    await phone.put('b.vcf', four('Band', ['KIND:group']))
    await phone.put('c.vcf', cardFor('Choir', ['X-ADDRESSBOOKSERVER-KIND:group']))
    const type = `<C:param-filter name="TYPE">${text('pref')}</C:param-filter>`
    const cases: [query: string, inThree: string, inFour: string][] = [
      [prop('X-ADDRESSBOOKSERVER-KIND', text('group')), 'b.vcf c.vcf', ''],
      [prop('X-ADDRESSBOOKSERVER-KIND', '<C:is-not-defined/>'), 'a.vcf', 'a.vcf b.vcf c.vcf'],
      [prop('KIND', text('group')), '', 'b.vcf c.vcf'],
      [prop('TEL', type), 'a.vcf', ''],
      [prop('TEL', text('+49', 'match-type="starts-with"')), 'a.vcf', ''],
      [prop('TEL', text('tel:', 'match-type="starts-with"')), '', 'a.vcf'],
      [prop('BDAY', text('1604')), 'a.vcf', ''],
      [prop('FN', text('ada')), 'a.vcf', 'a.vcf'],
      [prop('FN', text('nobody')), '', ''],
    ]
    const asked = (version: string) =>
      `<prop><C:address-data version="${version}"><C:prop name="FN"/></C:address-data></prop>`
    const found = async (query: string, version: string) => {
      const body = wrap('addressbook-query', asked(version) + filter(query))
      const { responses } = await phone.report(phone.book, body, { depth: '1' })
      const ofEach = ['a.vcf', 'b.vcf', 'c.vcf'].map((name) =>
        phone.report(phone.book + name, body),
      )
      const alone = (await Promise.all(ofEach)).flatMap((one) => [...one.responses.keys()])
      assert.deepEqual(alone, [...responses.keys()])
      return alone.map((href) => href.replace(phone.book, '')).join(' ')
    }
    for (const [query, inThree, inFour] of cases) {
      assert.equal(await found(query, '3.0'), inThree, query)
      assert.equal(await found(query, '4.0'), inFour, query)
      assert.equal((await names(phone, filter(query))).join(' '), inThree, query)
    }
  })

  it('gives the names of properties alone where these are asked for', async () => {
    const { phone } = await someone()
    await phone.put('a.vcf', cardFor('Ada'))
    const body = `<C:addressbook-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">
      <propname/><C:filter/></C:addressbook-query>`
    const read = await phone.report(phone.book, body, { depth: '1' })
    assert.equal(read.responses.get(`${phone.book}a.vcf`)?.found.get('{DAV:}getetag'), '')
  })

  it('stops at a limit, and says so', async () => {
    const phone = await book()
    const body = wrap(
      'addressbook-query',
      `<prop><getetag/></prop>${filter('')}<C:limit><C:nresults>2</C:nresults></C:limit>`,
    )
    const { responses } = await phone.report(phone.book, body)
    assert.deepEqual(
      [...responses.keys()],
      [`${phone.book}a.vcf`, `${phone.book}b.vcf`, phone.book],
    )
    assert.equal(responses.get(phone.book)?.status, 507)
  })

  it('is asked of one card as well', async () => {
    const phone = await book()
    const body = wrap(
      'addressbook-query',
      `<prop><getetag/></prop>${filter(prop('FN', text('Bob')))}`,
    )
    assert.equal((await phone.report(`${phone.book}a.vcf`, body)).responses.size, 1)
    assert.equal((await phone.report(`${phone.book}b.vcf`, body)).responses.size, 0)
  })

  it('refuses collations and conditions that it does not know', async () => {
    const phone = await book()
    const ask = (query: string) =>
      phone.call('REPORT', phone.book, wrap('addressbook-query', query))
    const collation = await ask(filter(prop('FN', text('a', 'collation="i;none"'))))
    assert.equal(conditionIn(collation), `${carddav}supported-collation`)
    const condition = await ask(filter(prop('FN', '<C:sounds-like/>')))
    assert.equal(conditionIn(condition), `${carddav}supported-filter`)
    expectStatus(await ask('<prop/>'), 400)
    const both = `<C:is-not-defined/>${text('a')}`
    expectStatus(await ask(filter(prop('FN', both))), 400)
    const param = `<C:param-filter name="TYPE">${both}</C:param-filter>`
    expectStatus(await ask(filter(prop('FN', param))), 400)
    expectStatus(await ask(filter(prop('FN', '<C:is-not-defined/>'))), 207)
  })
})

/** The addresses that an answer names, sorted, as often as it does. */
function hrefsIn(body: string): string[] {
  return Array.from(body.matchAll(/<D:href>(.*?)<\/D:href>/g), ([, href = '']) => href).toSorted()
}

describe('sync-collection', () => {
  it('tells of each change once, whoever made it', async () => {
    const { ada, phone } = await someone()
    await phone.put('a.vcf', cardFor('Ada'))
    const first = await phone.sync('')
    assert.deepEqual([...first.responses.keys()], [`${phone.book}a.vcf`])
    const made = await ada.post('/api/contacts', { first_name: 'Bob' })
    const { id } = made.json()
    await phone.put('c.vcf', cardFor('Cleo'))
    await phone.call('DELETE', `${phone.book}a.vcf`)
    const second = await phone.sync(first.syncToken ?? '')
    assert.deepEqual(
      [...second.responses].map(([href, { status }]) => [href, status]),
      [
        [`${phone.book}${id}.vcf`, undefined],
        [`${phone.book}c.vcf`, undefined],
        [`${phone.book}a.vcf`, 404],
      ],
    )
    assert.ok(second.responses.get(`${phone.book}c.vcf`)?.found.get('{DAV:}getetag'))
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    await phone.put('a.vcf', cardFor('Another'))
    const third = await phone.sync(second.syncToken ?? '')
    assert.equal(third.responses.get(`${phone.book}${id}.vcf`)?.status, 404)
    assert.equal(third.responses.get(`${phone.book}a.vcf`)?.status, undefined)
    assert.equal((await phone.sync(third.syncToken ?? '')).responses.size, 0)
  })

  it('comes in parts where the client wants few at once', async () => {
    const { phone } = await someone()
    const wanted = ['a.vcf', 'b.vcf', 'c.vcf', 'd.vcf', 'e.vcf']
    for (const name of wanted) await phone.put(name, cardFor(name))
    const seen: string[] = []
    let token = ''
    for (let isCut = true; isCut;) {
      const part = await phone.sync(token, '<limit><nresults>2</nresults></limit>')
      isCut = part.responses.get(phone.book)?.status === 507
      part.responses.delete(phone.book)
      assert.ok(part.responses.size <= 2)
      seen.push(...part.responses.keys())
      token = part.syncToken ?? ''
    }
    assert.deepEqual(
      seen,
      wanted.map((name) => phone.book + name),
    )
  })

  it('tells in parts of both places of a card that was moved', async () => {
    const { phone } = await someone()
    await phone.put('a.vcf', cardFor('Ada'))
    let { syncToken = '' } = await phone.sync('')
    const destination = `${phone.book}b.vcf`
    expectStatus(await phone.call('MOVE', `${phone.book}a.vcf`, '', { destination }), 201)
    const seen: (readonly [href: string, status: number | undefined])[] = []
    for (let isCut = true; isCut;) {
      const one = await phone.sync(syncToken, '<limit><nresults>1</nresults></limit>')
      isCut = one.responses.delete(phone.book)
      seen.push(...Array.from(one.responses, ([href, { status }]) => [href, status] as const))
      syncToken = one.syncToken ?? ''
    }
    assert.deepEqual(seen, [
      [destination, undefined],
      [`${phone.book}a.vcf`, 404],
    ])
  })

  it('names what is gone once, however often it went, also in parts', async () => {
    const { phone } = await someone()
    const other = `${phone.home}other/`
    expectStatus(await phone.call('MKCOL', other), 201)
    for (const name of ['a.vcf', 'b.vcf', 'c.vcf']) await phone.put(name, cardFor(name))
    const { syncToken: before = '' } = await phone.sync('')
    const href = (name: string) => phone.book + name
    const remove = async (name: string) => expectStatus(await phone.call('DELETE', href(name)), 204)
    const group = cardFor('Choir', ['X-ADDRESSBOOKSERVER-KIND:group'])
    await remove('a.vcf')
    await phone.put('a.vcf', cardFor('Again'))
    await remove('a.vcf')
    const destination = `${other}b.vcf`
    expectStatus(await phone.call('MOVE', href('b.vcf'), '', { destination }), 201)
    await phone.put('b.vcf', cardFor('Again'))
    await remove('b.vcf')
    await phone.put('a.vcf', group)
    await remove('a.vcf')
    await phone.put('d.vcf', cardFor('Dora'))
    await remove('c.vcf')
    const wanted = ['a.vcf', 'b.vcf', 'c.vcf', 'd.vcf'].map(href)
    const whole = await phone.sync(before)
    assert.deepEqual(hrefsIn(whole.body), wanted)
    assert.equal((await phone.sync(whole.syncToken ?? '')).responses.size, 0)
    for (const limit of [1, 2, 3]) {
      const seen = new Set<string>()
      let token = before
      for (let isCut = true; isCut;) {
        const part = await phone.sync(token, `<limit><nresults>${limit}</nresults></limit>`)
        isCut = part.responses.get(phone.book)?.status === 507
        const hrefs = hrefsIn(part.body).filter((one) => one !== phone.book)
        assert.equal(new Set(hrefs).size, hrefs.length)
        assert.ok(hrefs.length <= limit)
        for (const one of hrefs) seen.add(one)
        token = part.syncToken ?? ''
      }
      assert.deepEqual([...seen].toSorted(), wanted)
    }
  })

  it('gives the cards too where they are asked for', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada')
    await phone.put('a.vcf', card)
    const body = `<sync-collection xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><sync-token/>
      <sync-level>1</sync-level><prop><getetag/><C:address-data/></prop></sync-collection>`
    const { responses } = await phone.report(phone.book, body, { depth: '1' })
    assert.equal(responses.get(`${phone.book}a.vcf`)?.found.get(data), card)
  })

  it('refuses a token that is none, in the way that each client understands', async () => {
    const { phone } = await someone()
    const body = (token: string) =>
      `<sync-collection xmlns="DAV:"><sync-token>${token}</sync-token><prop/></sync-collection>`
    const other = (await (await someone()).phone.sync('')).syncToken ?? ''
    expectStatus(await phone.call('MKCOL', `${phone.home}work/`), 201)
    const ofOtherBook = (await phone.report(`${phone.home}work/`, body(''))).syncToken ?? ''
    const none = 'http://localhost:8000/dav/sync/contacts/x'
    for (const token of ['nonsense', none, other, ofOtherBook]) {
      const answer = await phone.call('REPORT', phone.book, body(token))
      expectStatus(answer, 403)
      assert.equal(conditionIn(answer), '{DAV:}valid-sync-token')
    }
    const headers = { 'user-agent': 'Mozilla/5.0 Thunderbird/140.0' }
    const thunderbird = await phone.call('REPORT', phone.book, body('nonsense'), headers)
    expectStatus(thunderbird, 400)
    assert.equal(conditionIn(thunderbird), '{DAV:}valid-sync-token')
  })

  it('has one level', async () => {
    const { phone } = await someone()
    const body = (level: string) =>
      `<sync-collection xmlns="DAV:"><sync-token/>${level}<prop/></sync-collection>`
    expectStatus(await phone.call('REPORT', phone.book, body('')), 207)
    const infinite = body('<sync-level>infinite</sync-level>')
    const refused = await phone.call('REPORT', phone.book, infinite)
    assert.equal(conditionIn(refused), '{DAV:}sync-traversal-supported')
    const other = body('<sync-level>2</sync-level>')
    expectStatus(await phone.call('REPORT', phone.book, other), 400)
  })

  it('loses nothing of what many write at once', async () => {
    const { ada, phone } = await someone()
    const { syncToken = '' } = await phone.sync('')
    const names = Array.from({ length: 200 }, (_, at) => `n${at}.vcf`)
    const answers = await Promise.all(names.map((name) => phone.put(name, cardFor(name))))
    for (const answer of answers) expectStatus(answer, 201)
    assert.equal((await phone.sync(syncToken)).responses.size, names.length)
    const answer = await ada.get('/api/contacts?limit=1')
    assert.equal(answer.headers['x-total-count'], '200')
  })
})

describe('the reports of access control', () => {
  it('are of one resource, and of one list of properties', async () => {
    const { phone } = await someone()
    const reports = [
      '<acl-principal-prop-set xmlns="DAV:"><prop/></acl-principal-prop-set>',
      '<principal-match xmlns="DAV:"><self/></principal-match>',
      `<principal-property-search xmlns="DAV:"><property-search><prop><displayname/></prop>
        <match>a</match></property-search></principal-property-search>`,
      '<principal-search-property-set xmlns="DAV:"/>',
    ]
    for (const report of reports) {
      for (const depth of ['1', 'infinity']) {
        expectStatus(await phone.call('REPORT', phone.book, report, { depth }), 400)
      }
    }
    for (const prop of ['', '<prop/><prop/>']) {
      const report = `<acl-principal-prop-set xmlns="DAV:">${prop}</acl-principal-prop-set>`
      expectStatus(await phone.call('REPORT', phone.book, report), 400)
    }
    const nobody = '<principal-match xmlns="DAV:"/>'
    expectStatus(await phone.call('REPORT', phone.book, nobody), 400)
  })

  it('find what names oneself in a property', async () => {
    const { phone } = await someone()
    await phone.put('a.vcf', cardFor('Ada'))
    await phone.put('b.vcf', cardFor('Bob'))
    const matching = (property: string) =>
      phone.report(
        phone.home,
        `<principal-match xmlns="DAV:" xmlns:X="urn:x"><principal-property>${property}
        </principal-property></principal-match>`,
      )
    const found = async (property: string) => [...(await matching(property)).responses.keys()]
    const all = ['', 'a.vcf', 'b.vcf'].map((name) => phone.book + name)
    assert.deepEqual((await found('<owner/>')).toSorted(), all)
    const boss = `<X:boss><href>/dav/principals/${phone.userId}/</href></X:boss>`
    const body = `<propertyupdate xmlns="DAV:" xmlns:X="urn:x"><set><prop>${boss}</prop></set></propertyupdate>`
    expectStatus(await phone.call('PROPPATCH', `${phone.book}b.vcf`, body), 207)
    assert.deepEqual(await found('<X:boss/>'), [`${phone.book}b.vcf`])
  })

  it('answer, and find nobody but oneself', async () => {
    const { ada, phone } = await someone()
    const search = (match: string) =>
      `<principal-property-search xmlns="DAV:"><property-search><prop><displayname/></prop>
      <match>${match}</match></property-search><prop><displayname/></prop></principal-property-search>`
    assert.equal((await phone.report('/dav/principals/', search('lovelace'))).responses.size, 1)
    assert.equal((await phone.report('/dav/principals/', search('nobody'))).responses.size, 0)
    const self =
      '<principal-match xmlns="DAV:"><self/><prop><displayname/></prop></principal-match>'
    assert.equal((await phone.report('/dav/', self)).responses.size, 1)
    const set = await phone.call('REPORT', '/dav/', '<principal-search-property-set xmlns="DAV:"/>')
    expectStatus(set, 200)
    const expand = `<expand-property xmlns="DAV:"><property name="current-user-principal">
      <property name="displayname"/></property></expand-property>`
    const { body } = await phone.report(phone.book, expand)
    assert.match(body, new RegExp(`<D:displayname>${ada.username}</D:displayname>`))
  })
})
