import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { create, sendBatch } from '../../test/batch.ts'
import { cardFor, conditionIn, connectPhone, type Phone } from '../../test/dav.ts'
import { merge, undo } from '../../test/merges.ts'
import { expectStatus, readJson, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { childNamed, textOf } from './xml/element.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

async function someone(scope: 'read_write' | 'read_only' = 'read_write') {
  const ada = await signUp(server)
  return { ada, phone: await connectPhone(server, ada, scope) }
}

type Contact = { id: string; first_name: string; label_ids: string[]; additional_data: string }
const contactsOf = (ada: Awaited<ReturnType<typeof signUp>>) =>
  readJson<Contact[]>(ada, '/api/contacts?limit=50')

async function namesIn(phone: Phone): Promise<string[]> {
  const { body } = await phone.propfind(phone.book, 1, 'getetag')
  const hrefs = body.matchAll(/<D:href>[^<]*\/([^/<]+)<\/D:href>/g)
  return Array.from(hrefs, ([, name = '']) => name).toSorted()
}

describe('a card', () => {
  it('is kept to the octet, under the name and with the tag of its octets', async () => {
    const { ada, phone } = await someone()
    const card = cardFor('Zoë', [
      'X-STRANGE;A=b:\\,;1',
      'item1.TEL:+49 30 1',
      'item1.X-ABLabel:Boat',
    ])
    const made = await phone.put('Zo%C3%AB%20@1.vcf', card, { 'if-none-match': '*' })
    expectStatus(made, 201)
    const read = await phone.call('GET', `${phone.book}Zo%C3%AB%20@1.vcf`)
    expectStatus(read, 200)
    assert.equal(read.body, card)
    assert.equal(read.headers.etag, made.headers.etag)
    assert.equal(read.headers['content-type'], 'text/vcard; charset=utf-8')
    const [contact] = await contactsOf(ada)
    assert.equal(contact?.first_name, 'Zoë')
  })

  it('is changed where it is as the client believes, and what it was is in the history', async () => {
    const { ada, phone } = await someone()
    const card = cardFor('Ada')
    const first = await phone.put('a.vcf', card)
    const next = card.replace('FN:Ada', 'FN:Ada L')
    expectStatus(await phone.put('a.vcf', next, { 'if-match': '"other"' }), 412)
    expectStatus(await phone.put('a.vcf', next, { 'if-none-match': '*' }), 412)
    const changed = await phone.put('a.vcf', next, { 'if-match': String(first.headers.etag) })
    expectStatus(changed, 204)
    assert.notEqual(changed.headers.etag, first.headers.etag)
    const [contact] = await contactsOf(ada)
    const history = await readJson<{ via: string; operation: string }[]>(
      ada,
      `/api/contacts/${contact?.id}/history`,
    )
    assert.deepEqual(
      history.map(({ via, operation }) => [via, operation]),
      [
        ['carddav', 'changed'],
        ['carddav', 'created'],
      ],
    )
  })

  it('that is sent again unchanged is no change', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada')
    const first = await phone.put('a.vcf', card)
    const { syncToken = '' } = await phone.sync('')
    const again = await phone.put('a.vcf', card)
    expectStatus(again, 204)
    assert.equal(again.headers.etag, first.headers.etag)
    assert.equal((await phone.sync(syncToken)).responses.size, 0)
  })

  it('without a UID that is sent again unchanged is no change', async () => {
    const { phone } = await someone()
    const kinds = [[], ['CATEGORIES:Friends'], ['X-ADDRESSBOOKSERVER-KIND:group']]
    for (const [at, lines] of kinds.entries()) {
      const name = `${at}.vcf`
      const card = cardFor('Ada', lines).replace(/UID:.*\r\n/, '')
      expectStatus(await phone.put(name, card), 201)
      const { syncToken = '' } = await phone.sync('')
      const first = await phone.call('GET', phone.book + name)
      const again = await phone.put(name, card)
      expectStatus(again, 204)
      // What is kept is not what was sent.
      assert.equal(again.headers.etag, undefined)
      assert.equal((await phone.sync(syncToken)).responses.size, 0, name)
      assert.equal((await phone.call('GET', phone.book + name)).body, first.body)
    }
  })

  it('of 4.0 that comes back as it was served in 3.0 is no change', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada', ['ORG;SORT-AS=Acme:The Acme', 'TEL;PREF=1:1', 'TEL;PREF=2:2'])
      .replace('VERSION:3.0', 'VERSION:4.0')
      .replace('N:;Ada;;;', 'N;PID=1.1:;Ada;;;')
    const first = await phone.put('a.vcf', card)
    const { syncToken = '' } = await phone.sync('')
    const served = await phone.call('GET', `${phone.book}a.vcf`)
    assert.match(served.body, /\r\nVERSION:3\.0\r\n/)
    const again = await phone.put('a.vcf', served.body)
    expectStatus(again, 204)
    assert.equal(again.headers.etag, served.headers.etag)
    assert.equal((await phone.sync(syncToken)).responses.size, 0)
    const inFour = { accept: 'text/vcard;version=4.0' }
    const kept = await phone.call('GET', `${phone.book}a.vcf`, undefined, inFour)
    assert.equal(kept.body, card)
    assert.equal(kept.headers.etag, first.headers.etag ?? again.headers.etag)
  })

  it('is as long as a GET gives it, as it came or in another form', async () => {
    const { ada, phone } = await someone()
    const four = (name: string) =>
      cardFor(name, ['TEL;PREF=2:1']).replace('VERSION:3.0', 'VERSION:4.0')
    await phone.put('plain.vcf', cardFor('Plain'))
    await phone.put('four.vcf', four('Four'))
    await phone.put(
      'mended.vcf',
      cardFor('Mended', ['TEL;HOME:1', 'NOTE;ENCODING=QUOTED-PRINTABLE:a=C3=A4']),
    )
    await phone.put('nobody.vcf', cardFor('Nobody').replace(/UID:.*\r\n/, ''))
    await phone.put('group.vcf', cardFor('Group', ['X-ADDRESSBOOKSERVER-KIND:group']))
    await ada.post('/api/contacts', { first_name: 'Made', labels: [] })
    const lengthsOf = async () => {
      const listed = await phone.propfind(phone.book, 1, 'getetag', 'getcontentlength')
      const cards = [...listed.responses].filter(([href]) => href.endsWith('.vcf'))
      return cards.map(([href, { found }]) => [href, found.get('{DAV:}getcontentlength')])
    }
    const listed = await lengthsOf()
    assert.ok(listed.length >= 5)
    for (const [href = '', length] of listed) {
      const read = await phone.call('GET', href)
      assert.equal(length, String(Buffer.byteLength(read.body)), href)
      const one = await phone.propfind(href, 0, 'getcontentlength')
      assert.equal(one.responses.get(href)?.found.get('{DAV:}getcontentlength'), length)
    }
    await phone.put('four.vcf', four('Longer'))
    const four3 = await phone.call('GET', `${phone.book}four.vcf`)
    const again = new Map((await lengthsOf()).map(([href = '', length]) => [href, length]))
    assert.equal(again.get(`${phone.book}four.vcf`), String(Buffer.byteLength(four3.body)))
  })

  it('is nothing with a slash behind its name', async () => {
    const { phone } = await someone()
    await phone.put('a.vcf', cardFor('Ada'))
    for (const method of ['GET', 'PROPFIND', 'DELETE', 'OPTIONS']) {
      const answer = await phone.call(method, `${phone.book}a.vcf/`, '', { depth: '0' })
      expectStatus(answer, method === 'OPTIONS' ? 200 : 404)
    }
    for (const method of ['OPTIONS', 'LOCK']) {
      const answer = await phone.call(method, `${phone.book}a.vcf/`)
      assert.equal(answer.headers.allow, 'OPTIONS')
    }
    expectStatus(await phone.call('GET', `${phone.book}a.vcf`), 200)
  })

  it('can be put as it is served, whatever it has that looks like a line of Kith', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada', ['X-KITH-KIND:group', 'X-KITH-FN:Other', 'X-KITH-N:B;A;;;'])
    await phone.put('a.vcf', card)
    const inFour = { accept: 'text/vcard;version=4.0' }
    const { body } = await phone.call('GET', `${phone.book}a.vcf`, undefined, inFour)
    expectStatus(await phone.put('a.vcf', body), 204)
    expectStatus(await phone.put('a.vcf', body.replace('END:', 'NOTE:new\r\nEND:')), 204)
    expectStatus(await phone.put('a.vcf', card), 204)
  })

  it('of two versions has in none of them what the API removed', async () => {
    const { ada, phone } = await someone()
    const card = cardFor('Ada', ['BDAY:19900102', 'BDAY:19900203', 'TEL:1'])
    await phone.put('a.vcf', card.replace('VERSION:3.0', 'VERSION:4.0'))
    const { body } = await phone.call('GET', `${phone.book}a.vcf`)
    await phone.put('a.vcf', body.replace('\r\nTEL', '\r\nNOTE:new\r\nTEL'))
    const [contact] = await contactsOf(ada)
    expectStatus(await ada.patch(`/api/contacts/${contact?.id}`, { dates: [] }), 200)
    for (const version of ['3.0', '4.0']) {
      const accept = { accept: `text/vcard;version=${version}` }
      const served = await phone.call('GET', `${phone.book}a.vcf`, undefined, accept)
      assert.doesNotMatch(served.body, /X-KITH|0203|02-03/)
      assert.match(served.body, /\r\nBDAY:1990-?01-?02\r\n/)
    }
  })

  it('of 4.0 that is edited in 3.0 keeps what 3.0 cannot state', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada', ['ORG;SORT-AS=Acme:The Acme', 'TEL;PREF=1:1', 'TEL;PREF=2:2'])
    await phone.put('a.vcf', card.replace('VERSION:3.0', 'VERSION:4.0'))
    const { body } = await phone.call('GET', `${phone.book}a.vcf`)
    const edited = body.replace('\r\nORG', '\r\nNOTE:new\r\nORG')
    expectStatus(await phone.put('a.vcf', edited), 204)
    assert.equal((await phone.call('GET', `${phone.book}a.vcf`)).body, edited)
    const inFour = { accept: 'text/vcard;version=4.0' }
    const four = await phone.call('GET', `${phone.book}a.vcf`, undefined, inFour)
    const lines = ['NOTE:new', 'ORG;SORT-AS=Acme:The Acme', 'TEL;PREF=1:1', 'TEL;PREF=2:2']
    for (const line of lines) assert.ok(four.body.includes(`\r\n${line}\r\n`), line)
  })

  it('shares its UID with no other one', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada')
    await phone.put('a.vcf', card)
    const taken = await phone.put('b.vcf', card)
    expectStatus(taken, 403)
    assert.equal(conditionIn(taken), '{urn:ietf:params:xml:ns:carddav}no-uid-conflict')
    assert.match(taken.body, /<D:href>[^<]*\/contacts\/a\.vcf<\/D:href>/)
    const other = await phone.put('a.vcf', cardFor('Other'))
    expectStatus(other, 403)
    assert.equal(conditionIn(other), '{urn:ietf:params:xml:ns:carddav}no-uid-conflict')
  })

  const forms: [what: string, card: string][] = [
    ['without a last end of line', cardFor('A').trimEnd()],
    ['with a photo', cardFor('A', ['PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg==', 'X-A:'])],
    ['with lines that end in LF', cardFor('A', ['TEL;TYPE=cell,VOICE:1']).replaceAll('\r\n', '\n')],
    [
      'with folds, empty values and odd names',
      cardFor('A', ['NOTE:a', ' b', '\tc', 'item1.X-_Q:', 'FOO:1']),
    ],
    [
      'with line separators of Unicode in its texts',
      cardFor('A', ['NOTE:one\u2028two\u2029UID:three\u2028VERSION:2.1']),
    ],
    ['in capitals and small letters', cardFor('A', ['tel;type=Home:1']).replace('UID', 'uid')],
  ]
  for (const [what, card] of forms) {
    it(`${what} comes back as it came, if its sender is told so`, async () => {
      const { phone } = await someone()
      const made = await phone.put('a.vcf', card)
      expectStatus(made, 201)
      assert.ok(made.headers.etag)
      assert.equal((await phone.call('GET', `${phone.book}a.vcf`)).body, card)
    })
  }

  it('that others could not read is mended for them, and its sender reads it again', async () => {
    const { phone } = await someone()
    const card = `\ufeff${cardFor('A')}`
    const made = await phone.put('a.vcf', card)
    expectStatus(made, 201)
    assert.equal(made.headers.etag, undefined)
    assert.match((await phone.call('GET', `${phone.book}a.vcf`)).body, /^BEGIN:VCARD\r\n/)
  })

  it('that is served mended has no tag for its sender, when it is sent again neither', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada', ['TEL;X-Jacky:012'])
    for (const status of [201, 204]) {
      const made = await phone.put('a.vcf', card)
      expectStatus(made, status)
      assert.equal(made.headers.etag, undefined)
    }
    const served = await phone.call('GET', `${phone.book}a.vcf`)
    assert.ok(served.body.includes('TEL;TYPE=X-Jacky:012'))
  })

  it('that is folded within a character is read, and its sender reads it again', async () => {
    const { phone } = await someone()
    const [before = '', after = ''] = cardFor('Ada', ['NOTE:Stra\u00dfe']).split('\u00df')
    const card = Buffer.concat([Buffer.from(before), folded('\u00df'), Buffer.from(after)])
    for (const status of [201, 204]) {
      const made = await phone.put('a.vcf', card)
      expectStatus(made, status)
      assert.equal(made.headers.etag, undefined)
      assert.ok(
        (await phone.call('GET', `${phone.book}a.vcf`)).body.includes('NOTE:Stra\r\n \u00dfe'),
      )
    }
  })

  it('without a UID gets one, and no tag, so that it is read again', async () => {
    const { phone } = await someone()
    const made = await phone.put('a.vcf', cardFor('Ada').replace(/UID:.*\r\n/, ''))
    expectStatus(made, 201)
    assert.equal(made.headers.etag, undefined)
    assert.match((await phone.call('GET', `${phone.book}a.vcf`)).body, /\r\nUID:/)
  })

  const refusals: [what: string, card: string | Buffer, condition: string, type?: string][] = [
    ['is no card', 'hello', 'valid-address-data'],
    ['are two', cardFor('A') + cardFor('B'), 'valid-address-data'],
    ['has no end', cardFor('A').replace('END:VCARD\r\n', ''), 'valid-address-data'],
    ['has no FN', cardFor('A').replace('FN:A\r\n', ''), 'valid-address-data'],
    ['is not UTF-8', Buffer.from(cardFor('Zoë'), 'latin1'), 'valid-address-data'],
    ['has two UIDs', cardFor('A', ['UID:2']), 'valid-address-data'],
    ['has a line that is no property', cardFor('A', ['not a property']), 'valid-address-data'],
    ['holds a control character', cardFor('A', ['NOTE:\u000b']), 'valid-address-data'],
    ['holds what no XML can', cardFor('A', ['NOTE:a\ufffeb']), 'valid-address-data'],
    ['is of two versions', cardFor('A', ['VERSION:4.0']), 'valid-address-data'],
    ['has no VERSION', cardFor('A').replace('VERSION:3.0\r\n', ''), 'valid-address-data'],
    ['is 5.0', cardFor('A').replace('VERSION:3.0', 'VERSION:5.0'), 'supported-address-data'],
    ['is 2.1', cardFor('A').replace('VERSION:3.0', 'VERSION:2.1'), 'supported-address-data'],
    ['is of another type', cardFor('A'), 'supported-address-data', 'text/calendar'],
    ['is too large', cardFor('A', [`NOTE:${'x'.repeat(1_100_000)}`]), 'max-resource-size'],
  ]
  for (const [what, card, condition, type = 'text/vcard'] of refusals) {
    it(`that ${what} is refused by its precondition`, async () => {
      const { phone } = await someone()
      const answer = await phone.put('a.vcf', card, { 'content-type': type })
      expectStatus(answer, 403)
      assert.equal(conditionIn(answer), `{urn:ietf:params:xml:ns:carddav}${condition}`)
      assert.equal((await phone.propfind(phone.book, 1, 'getetag')).responses.size, 1)
    })
  }

  it('goes to the trash, and its name is free', async () => {
    const { ada, phone } = await someone()
    const made = await phone.put('a.vcf', cardFor('Ada'))
    expectStatus(await phone.call('DELETE', `${phone.book}a.vcf`, '', { 'if-match': '"x"' }), 412)
    const etag = String(made.headers.etag)
    expectStatus(await phone.call('DELETE', `${phone.book}a.vcf`, '', { 'if-match': etag }), 204)
    expectStatus(await phone.call('GET', `${phone.book}a.vcf`), 404)
    expectStatus(await phone.call('DELETE', `${phone.book}a.vcf`), 404)
    expectStatus(await phone.put('a.vcf', cardFor('New')), 201)
    const [trashed] = await readJson<Contact[]>(ada, '/api/trash')
    expectStatus(await ada.post(`/api/trash/${trashed?.id}/restore`), 200)
    const names = [...(await phone.propfind(phone.book, 1, 'getetag')).responses.keys()]
    assert.deepEqual(
      names.toSorted(),
      [phone.book, `${phone.book}${trashed?.id}.vcf`, `${phone.book}a.vcf`].toSorted(),
    )
  })

  it('that comes back takes no name that another file has, nor the UID of a group', async () => {
    const { ada, phone } = await someone()
    const list = () => namesIn(phone)
    const { id } = (await ada.post('/api/contacts', { first_name: 'Ada' })).json()
    const bring = () => ada.post(`/api/trash/${id}/restore`)
    const name = `${id}.vcf`
    const card = (await phone.call('GET', phone.book + name)).body
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    // As a phone does that has changed the card in the meantime.
    expectStatus(await phone.put(name, card), 201)
    const [now] = await readJson<Contact[]>(ada, '/api/contacts')
    expectStatus(await bring(), 200)
    const names = await list()
    assert.equal(new Set(names).size, 2)
    assert.ok(names.includes(name))
    const { headers, body } = await phone.call('GET', phone.book + name)
    assert.equal(body, card)
    assert.equal((await phone.put(name, card)).headers.etag, headers.etag)

    // The other way round: by now it is the name of the other one.
    const other = names.find((one) => one !== name) ?? ''
    const to = { destination: `${phone.book}x.vcf`, overwrite: 'F' }
    expectStatus(await ada.delete(`/api/contacts/${now?.id}`), 204)
    expectStatus(await phone.call('MOVE', phone.book + other, '', to), 201)
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    const group = cardFor('X', ['X-ADDRESSBOOKSERVER-KIND:group'])
    expectStatus(await phone.put('x.vcf', group), 201)
    expectStatus(await bring(), 200)
    assert.deepEqual(await list(), [name, 'x.vcf'].toSorted())
    expectStatus(await ada.post(`/api/trash/${now?.id}/restore`), 200)
    assert.deepEqual(await list(), [name, `${now?.id}.vcf`, 'x.vcf'].toSorted())

    await phone.put('u.vcf', cardFor('U', [], 'a UID'))
    await phone.call('DELETE', `${phone.book}u.vcf`)
    const namesake = cardFor('G', ['X-ADDRESSBOOKSERVER-KIND:group'], 'a UID')
    expectStatus(await phone.put('g.vcf', namesake), 201)
    const trashed = await readJson<(Contact & { first_name: string })[]>(ada, '/api/trash')
    expectStatus(await ada.post(`/api/trash/${trashed[0]?.id}/restore`), 200)
    assert.doesNotMatch((await phone.call('GET', `${phone.book}u.vcf`)).body, /a UID/)
  })

  it('is alone under its name, also beside a contact to which a client gave the id in it', async () => {
    const { ada, phone } = await someone()
    const ids = Array.from({ length: 3 }, () => randomUUIDv7())
    const [card, group] = [cardFor('Card'), cardFor('G', ['X-ADDRESSBOOKSERVER-KIND:group'])]
    expectStatus(await phone.put(`${ids[0]}.vcf`, card), 201)
    expectStatus(await phone.put(`${ids[1]}.vcf`, group), 201)
    const creations = ids.map((id) => create({ first_name: 'Own' }, { id }))
    const { results } = await sendBatch(ada, ...creations)
    assert.deepEqual(
      results.map(({ contact }) => contact?.id),
      ids,
    )
    const names = await namesIn(phone)
    assert.equal(new Set(names).size, 5)
    for (const id of ids) assert.ok(names.includes(`${id}.vcf`))
    assert.equal((await phone.call('GET', `${phone.book}${ids[0]}.vcf`)).body, card)
    assert.equal((await phone.call('GET', `${phone.book}${ids[1]}.vcf`)).body, group)
  })

  it('is alone under its name, also where its own book is gone from which it comes back', async () => {
    const { ada, phone } = await someone()
    const { id: into } = (await ada.post('/api/contacts', { first_name: 'Into' })).json()
    const other = `${phone.home}other/`
    expectStatus(await phone.call('MKCOL', other), 201)
    const type = { 'content-type': 'text/vcard' }
    expectStatus(await phone.call('PUT', `${other}a.vcf`, cardFor('Ada'), type), 201)
    const id = (await contactsOf(ada)).find(({ first_name }) => first_name === 'Ada')?.id ?? ''
    const { merge_id } = await merge(ada, [into, id])
    expectStatus(await ada.delete('/api/trash'), 204)
    expectStatus(await phone.call('DELETE', other), 204)
    expectStatus(await phone.put(`${id}.vcf`, cardFor('Card')), 201)
    await undo(ada, merge_id)
    const names = await namesIn(phone)
    assert.deepEqual([names.length, new Set(names).size], [3, 3])
  })

  it('that was merged away has its name again when the merge is undone', async () => {
    const { ada, phone } = await someone()
    await phone.put('a.vcf', cardFor('Ada'))
    await phone.put('b.vcf', cardFor('Bob'))
    const contacts = await readJson<{ id: string; first_name: string }[]>(ada, '/api/contacts')
    const idOf = (name: string) => contacts.find(({ first_name }) => first_name === name)?.id
    for (const empties of [false, true]) {
      const before = await phone.sync('')
      const merge = await ada.post('/api/contacts/merge', { into: idOf('Ada'), ids: [idOf('Bob')] })
      expectStatus(merge, 200)
      const merged = await phone.sync(before.syncToken ?? '')
      assert.equal(merged.responses.get(`${phone.book}b.vcf`)?.status, 404)
      if (empties) expectStatus(await ada.delete('/api/trash'), 204)
      expectStatus(await ada.post(`/api/merges/${merge.json().merge_id}/undo`), 200)
      const undone = await phone.sync(merged.syncToken ?? '')
      for (const name of ['a.vcf', 'b.vcf']) {
        assert.equal(undone.responses.get(phone.book + name)?.status, undefined)
      }
      assert.equal(undone.responses.size, 2)
    }
  })

  it('that holds what no XML can, by the API, is the same in every answer', async () => {
    const { ada, phone } = await someone()
    const made = await ada.post('/api/contacts', { first_name: 'Ada', additional_data: 'a\ufffeb' })
    const href = `${phone.book}${made.json().id}.vcf`
    const { body } = await phone.call('GET', href)
    const data = `<C:addressbook-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">
      <prop><C:address-data/></prop><href>${href}</href></C:addressbook-multiget>`
    const { responses } = await phone.report(phone.book, data)
    assert.equal(
      responses.get(href)?.found.get('{urn:ietf:params:xml:ns:carddav}address-data'),
      body,
    )
    assert.match(body, /\r\nNOTE:ab\r\n/)
    expectStatus(await phone.call('PUT', href, body), 204)
  })

  it('that the API has made has a name, a UID and octets that stay', async () => {
    const { ada, phone } = await someone()
    const made = await ada.post('/api/contacts', { first_name: 'Ada', email: 'ada@example.org' })
    const { id } = made.json()
    const read = await phone.call('GET', `${phone.book}${id}.vcf`)
    expectStatus(read, 200)
    assert.match(read.body, new RegExp(`\r\nUID:${id}\r\n`))
    const again = await phone.call('GET', `${phone.book}${id}.vcf`)
    assert.equal(again.body, read.body)
    const etag = String(read.headers.etag)
    assert.equal(again.headers.etag, etag)
    const fresh = await phone.call('GET', `${phone.book}${id}.vcf`, undefined, {
      'if-none-match': etag,
    })
    expectStatus(fresh, 304)
    expectStatus(await ada.patch(`/api/contacts/${id}`, { phone: '+49301234' }), 200)
    const changed = await phone.call('GET', `${phone.book}${id}.vcf`)
    assert.match(changed.body, /\+49301234/)
    assert.notEqual(changed.headers.etag, etag)
  })

  it('keeps the lines that only its program knows when the API changes it', async () => {
    const { ada, phone } = await someone()
    const card = cardFor('Ada', ['X-STRANGE;A=b:1', 'item1.TEL:+49 30 1', 'item1.X-ABLabel:Boat'])
    await phone.put('a.vcf', card)
    const [contact] = await contactsOf(ada)
    await ada.patch(`/api/contacts/${contact?.id}`, { additional_data: 'Hello' })
    const { body } = await phone.call('GET', `${phone.book}a.vcf`)
    for (const line of card.split('\r\n')) assert.ok(body.includes(line), line)
    assert.match(body, /\r\nNOTE:Hello\r\n/)
  })

  it('is sent back as it is kept to who prefers that', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada').replace(/UID:.*\r\n/, '')
    const made = await phone.put('a.vcf', card, { prefer: 'return=representation' })
    expectStatus(made, 201)
    assert.equal(made.headers['preference-applied'], 'return=representation')
    const read = await phone.call('GET', `${phone.book}a.vcf`)
    assert.equal(made.body, read.body)
    assert.equal(made.headers.etag, read.headers.etag)
  })

  it('is not written where it could not be sent back as it is asked for', async () => {
    const { phone } = await someone()
    const asked = { prefer: 'return=representation', accept: 'text/html' }
    expectStatus(await phone.put('a.vcf', cardFor('Ada'), asked), 406)
    expectStatus(await phone.call('GET', `${phone.book}a.vcf`), 404)
  })

  it('has its categories as labels', async () => {
    const { ada, phone } = await someone()
    await phone.put('a.vcf', cardFor('Ada', ['CATEGORIES:Friends,Choir']))
    const labels = await readJson<{ id: string; name: string }[]>(ada, '/api/labels')
    assert.deepEqual(labels.map(({ name }) => name).toSorted(), ['Choir', 'Friends'])
    const [contact] = await contactsOf(ada)
    const whole = await readJson<Contact>(ada, `/api/contacts/${contact?.id}`)
    assert.equal(whole.label_ids.length, 2)
  })

  it('gets a name when it is posted', async () => {
    const { phone } = await someone()
    const read = await phone.propfind(phone.book, 0, 'add-member')
    const element = read.responses.get(phone.book)?.elements.get('{DAV:}add-member')
    const address = element && textOf(childNamed(element, 'D:href') ?? element)
    assert.equal(address, `${phone.book};add-member`)
    const type = { 'content-type': 'text/vcard' }
    const made = await phone.call('POST', address, cardFor('Ada', [], 'posted'), type)
    expectStatus(made, 201)
    assert.ok(made.headers.etag)
    const got = await phone.call('GET', String(made.headers.location))
    assert.equal(got.body, cardFor('Ada', [], 'posted'))
    const again = await phone.call('POST', address, cardFor('Bob', [], 'posted'), type)
    expectStatus(again, 403)
    assert.equal(again.headers.location, undefined)
    expectStatus(await phone.put(';add-member', cardFor('Cy')), 405)
  })

  it('is served in 3.0, and in 4.0 to who asks for that', async () => {
    const { phone } = await someone()
    const card = cardFor('Ada', ['BDAY:--1210']).replace('VERSION:3.0', 'VERSION:4.0')
    expectStatus(await phone.put('a.vcf', card), 201)
    const get = (accept: string) => phone.call('GET', `${phone.book}a.vcf`, undefined, { accept })
    assert.equal((await get('text/vcard; version=4.0')).body, card)
    const three = (await get('text/vcard')).body
    assert.match(three, /VERSION:3\.0/)
    assert.match(three, /BDAY[^:]*:1604-12-10/)
    expectStatus(await get('application/json'), 406)
  })
})

describe('an app password that only reads', () => {
  it('sees all and writes nothing', async () => {
    const ada = await signUp(server)
    const writer = await connectPhone(server, ada)
    const reader = await connectPhone(server, ada, 'read_only')
    await writer.put('a.vcf', cardFor('Ada'))
    expectStatus(await reader.call('GET', `${reader.book}a.vcf`), 200)
    for (const method of ['PUT', 'DELETE', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE']) {
      const answer = await reader.call(method, `${reader.book}a.vcf`, cardFor('X'))
      expectStatus(answer, 403)
      assert.equal(conditionIn(answer), '{DAV:}need-privileges')
    }
    const { responses } = await reader.propfind(reader.book, 0, 'current-user-privilege-set')
    assert.equal(responses.size, 1)
    assert.doesNotMatch(
      JSON.stringify([...responses.values()][0]?.elements.get('{DAV:}current-user-privilege-set')),
      /write/,
    )
  })
})

/** A character of two octets with a fold between them. */
function folded(character: string): Buffer {
  const octets = Buffer.from(character)
  return Buffer.concat([octets.subarray(0, 1), Buffer.from('\r\n '), octets.subarray(1)])
}
