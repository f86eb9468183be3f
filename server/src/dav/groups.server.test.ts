import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { cardFor, conditionIn, connectPhone } from '../../test/dav.ts'
import { finished, imported } from '../../test/imports.ts'
import { expectStatus, readJson, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

type Label = { id: string; name: string; contacts: number }
const labelsOf = (ada: Person) => readJson<Label[]>(ada, '/api/labels')

function groupCard(name: string, members: string[], uid: string = randomUUID()): string {
  return cardFor(
    name,
    [
      'X-ADDRESSBOOKSERVER-KIND:group',
      ...members.map((member) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${member}`),
      'X-KEPT:as it is',
    ],
    uid,
  )
}

/** Two contacts, and a group with the first of them and somebody who is not there. */
async function someGroup() {
  const ada = await signUp(server)
  const phone = await connectPhone(server, ada)
  const [first, second, absent] = [randomUUID(), randomUUID(), randomUUID()]
  await phone.put('first.vcf', cardFor('First', [], first))
  await phone.put('second.vcf', cardFor('Second', [], second))
  const card = groupCard('Choir', [first, absent])
  const made = await phone.put('choir.vcf', card)
  expectStatus(made, 201)
  const getGroup = async () => (await phone.call('GET', `${phone.book}choir.vcf`)).body
  return { ada, phone, first, second, absent, card, made, getGroup }
}

describe('the card of a group', () => {
  it('is kept to the octet, is a label of its members, and no contact', async () => {
    const { ada, phone, card, made, getGroup } = await someGroup()
    assert.equal(await getGroup(), card)
    const read = await phone.call('GET', `${phone.book}choir.vcf`)
    assert.equal(read.headers.etag, made.headers.etag)
    assert.deepEqual(
      (await labelsOf(ada)).map(({ name, contacts }) => [name, contacts]),
      [['Choir', 1]],
    )
    assert.equal((await readJson<object[]>(ada, '/api/contacts')).length, 2)
    assert.equal((await phone.propfind(phone.book, 1, 'getetag')).responses.size, 4)
    expectStatus(await phone.put('choir.vcf', card), 204)
  })

  it('has no tag where contacts had its label already, and are members at once', async () => {
    const { ada, phone, first, getGroup } = await someGroup()
    await phone.put('sailor.vcf', cardFor('Sailor', ['CATEGORIES:Sailors']))
    const made = await phone.put('sailors.vcf', groupCard('Sailors', [first]))
    expectStatus(made, 201)
    assert.equal(made.headers.etag, undefined)
    const served = await phone.call('GET', `${phone.book}sailors.vcf`)
    const members = served.body.match(/ADDRESSBOOKSERVER-MEMBER/g)
    assert.equal(members?.length, 2)
    const again = await phone.put('sailors.vcf', served.body)
    assert.equal(again.headers.etag, served.headers.etag)
    // An API call makes somebody a member before the phone sends its card again.
    const label = (await labelsOf(ada)).find(({ name }) => name === 'Choir')
    const contacts = await readJson<{ id: string; first_name: string }[]>(ada, '/api/contacts')
    const second = contacts.find(({ first_name: name }) => name === 'Second')
    const card = await getGroup()
    await ada.patch(`/api/contacts/${second?.id}`, { label_ids: [label?.id] })
    assert.equal((await phone.put('choir.vcf', card)).headers.etag, undefined)
  })

  it('takes the place of no contact, nor a contact its place', async () => {
    const { phone, card, first } = await someGroup()
    const [uid = ''] = /(?<=UID:).*/.exec(card) ?? []
    for (const answer of [
      await phone.put('choir.vcf', cardFor('Choir', [], uid)),
      await phone.put('first.vcf', groupCard('First', [], first)),
    ]) {
      expectStatus(answer, 403)
      assert.equal(conditionIn(answer), '{urn:kith:dav}detail')
    }
  })

  it('shares its UID with no contact', async () => {
    const { phone, card } = await someGroup()
    const [uid = ''] = /(?<=UID:).*/.exec(card) ?? []
    const taken = await phone.put('other.vcf', cardFor('Other', [], uid))
    expectStatus(taken, 403)
    assert.equal(conditionIn(taken), '{urn:ietf:params:xml:ns:carddav}no-uid-conflict')
    assert.match(taken.body, /<D:href>[^<]*\/contacts\/choir\.vcf<\/D:href>/)
    expectStatus(await phone.put('choir.vcf', card.replace('FN:Choir', 'FN:Band')), 204)
  })

  it('has the members that the API gives the label, and is part of the next sync', async () => {
    const { ada, phone, first, second, absent, getGroup } = await someGroup()
    const { syncToken = '' } = await phone.sync('')
    const [label] = await labelsOf(ada)
    const contacts = await readJson<{ id: string; first_name: string }[]>(ada, '/api/contacts')
    const idOf = (name: string) => contacts.find((one) => one.first_name === name)?.id
    const change = { add: [idOf('Second')], remove: [idOf('First')] }
    expectStatus(await ada.post(`/api/labels/${label?.id}/contacts`, change), 200)
    const { responses } = await phone.sync(syncToken)
    assert.ok(responses.has(`${phone.book}choir.vcf`))
    const body = await getGroup()
    assert.ok(body.includes(second))
    assert.ok(!body.includes(first))
    assert.ok(body.includes(absent), 'who is not there yet stays a member')
    assert.match(body, /\r\nX-KEPT:as it is\r\n/)
  })

  it('gives its label to nobody who has lost it, though their card comes again', async () => {
    const { ada, phone, first } = await someGroup()
    const [label] = await labelsOf(ada)
    const [contact] = await readJson<{ id: string }[]>(ada, `/api/contacts?label=${label?.id}`)
    expectStatus(
      await ada.post(`/api/labels/${label?.id}/contacts`, { remove: [contact?.id] }),
      200,
    )
    await phone.put('first.vcf', cardFor('First again', [], first))
    assert.equal((await labelsOf(ada))[0]?.contacts, 0)
    await phone.sync('')
    await phone.call('DELETE', `${phone.book}first.vcf`)
    await phone.put('first.vcf', cardFor('First', [], first))
    assert.equal((await labelsOf(ada))[0]?.contacts, 0)
  })

  it('gives and takes the label when its members change', async () => {
    const { ada, phone, second, card } = await someGroup()
    const uid = /UID:(.*)\r/.exec(card)?.[1] ?? ''
    expectStatus(await phone.put('choir.vcf', groupCard('Choir', [second], uid)), 204)
    const [label] = await labelsOf(ada)
    assert.equal(label?.contacts, 1)
    const labelled = await readJson<{ first_name: string }[]>(
      ada,
      `/api/contacts?label=${label?.id}`,
    )
    assert.deepEqual(
      labelled.map((one) => one.first_name),
      ['Second'],
    )
  })

  it('gives and takes the label in every book that has its members', async () => {
    const { ada, phone, first, card } = await someGroup()
    const other = `${phone.home}other/`
    expectStatus(await phone.call('MKCOL', other), 201)
    const destination = `${other}first.vcf`
    expectStatus(await phone.call('COPY', `${phone.book}first.vcf`, '', { destination }), 201)
    const uid = /UID:(.*)\r/.exec(card)?.[1] ?? ''
    for (const [members, contacts] of [
      [[], 0],
      [[first], 2],
      [[], 0],
    ] as const) {
      expectStatus(await phone.put('choir.vcf', groupCard('Choir', [...members], uid)), 204)
      assert.equal((await labelsOf(ada))[0]?.contacts, contacts)
    }
  })

  it('stays beside one with its UID in another book, and goes with its own', async () => {
    const { ada, phone, first, card, getGroup } = await someGroup()
    const other = `${phone.home}other/`
    expectStatus(await phone.call('MKCOL', other), 201)
    const { syncToken = '' } = await phone.sync('')
    const uid = /UID:(.*)\r/.exec(card)?.[1] ?? ''
    const namesake = groupCard('Band', [first], uid)
    const type = { 'content-type': 'text/vcard' }
    const href = `${other}band.vcf`
    expectStatus(await phone.call('PUT', href, namesake, type), 201)
    assert.equal(await getGroup(), card)
    assert.equal((await phone.call('GET', href)).body, namesake)
    assert.ok(!(await phone.sync(syncToken)).responses.has(`${phone.book}choir.vcf`))
    const named = async () => (await labelsOf(ada)).map(({ name }) => name)
    assert.deepEqual(await named(), ['Band', 'Choir'])

    expectStatus(await phone.call('DELETE', other), 204)
    assert.equal(await getGroup(), card)
    expectStatus(await phone.put('band.vcf', groupCard('Band', [first])), 201)
    assert.deepEqual(await named(), ['Band', 'Choir'])
  })

  it('is one at each place and of each UID, also where many come at once', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const places = Array.from({ length: 8 }, (_, at) => ({ name: 'one.vcf', uid: `uid ${at}` }))
    const uids = Array.from({ length: 8 }, (_, at) => ({ name: `${at}.vcf`, uid: 'one uid' }))
    for (const some of [places, uids]) {
      const answers = await Promise.all(
        some.map(({ name, uid }) => phone.put(name, groupCard(uid, [], uid))),
      )
      const statuses = answers.map(({ statusCode }) => statusCode)
      assert.deepEqual(
        statuses.toSorted((a, b) => a - b),
        [201, ...Array<number>(7).fill(403)],
      )
      for (const answer of answers.filter(({ statusCode }) => statusCode === 403)) {
        assert.equal(conditionIn(answer), '{urn:ietf:params:xml:ns:carddav}no-uid-conflict')
      }
    }
    assert.equal((await phone.propfind(phone.book, 1, 'getetag')).responses.size, 3)
  })

  it('is gone for who reads change by change, as is its label', async () => {
    const { ada, phone } = await someGroup()
    const href = `${phone.book}choir.vcf`
    await phone.put('band.vcf', groupCard('Band', []))
    let { syncToken = '' } = await phone.sync('')
    let since = (await readJson<{ next: string }>(ada, '/api/changes')).next
    const [band, choir] = await labelsOf(ada)
    for (const label of [band, choir]) {
      expectStatus(await ada.delete(`/api/labels/${label?.id}`), 204)
    }
    const gone = new Set<string>()
    for (let isCut = true; isCut;) {
      const one = await phone.sync(syncToken, '<limit><nresults>1</nresults></limit>')
      for (const [at, { status }] of one.responses) if (status === 404) gone.add(at)
      isCut = one.responses.get(phone.book)?.status === 507
      syncToken = one.syncToken ?? ''
    }
    assert.ok(gone.has(href))
    assert.ok(gone.has(`${phone.book}band.vcf`))
    const labels = new Set<string | undefined>()
    type Page = { removed_labels: string[]; next: string; more: boolean }
    for (let hasMore = true; hasMore;) {
      const page: Page = await readJson(ada, `/api/changes?limit=1&since=${since}`)
      for (const id of page.removed_labels) labels.add(id)
      since = page.next
      hasMore = page.more
    }
    assert.deepEqual(labels, new Set([band?.id, choir?.id]))
  })

  it('renames its label, and is renamed with it', async () => {
    const { ada, phone, first, card, getGroup } = await someGroup()
    const uid = /UID:(.*)\r/.exec(card)?.[1] ?? ''
    expectStatus(await phone.put('choir.vcf', groupCard('Singers', [first], uid)), 204)
    const [label] = await labelsOf(ada)
    assert.equal(label?.name, 'Singers')
    expectStatus(await ada.patch(`/api/labels/${label?.id}`, { name: 'Voices' }), 200)
    assert.match(await getGroup(), /\r\nFN:Voices\r\n/)
  })

  it('stays apart from another group of its name, whatever becomes of that', async () => {
    const { ada, phone, first, second, absent, card, getGroup } = await someGroup()
    const [uid, other] = [/UID:(.*)\r/.exec(card)?.[1] ?? '', randomUUID()]
    const namesake = groupCard('Choir', [second], other)
    expectStatus(await phone.put('namesake.vcf', namesake), 201)
    const getOther = async () => (await phone.call('GET', `${phone.book}namesake.vcf`)).body
    const labels = async () => (await labelsOf(ada)).map(({ name, contacts }) => [name, contacts])
    await phone.sync('')
    assert.equal(await getGroup(), card)
    assert.equal(await getOther(), namesake)
    assert.deepEqual(await labels(), [
      ['Choir', 1],
      ['Choir 2', 1],
    ])

    // Edited, and sent again as a program does that knows no entity tags.
    const both = groupCard('Choir', [first, second], uid)
    expectStatus(await phone.put('choir.vcf', both), 204)
    expectStatus(await phone.put('choir.vcf', card), 204)
    await phone.sync('')
    assert.equal(await getOther(), namesake)

    expectStatus(await phone.put('choir.vcf', groupCard('Band', [first, absent], uid)), 204)
    await phone.sync('')
    assert.equal(await getOther(), namesake)
    assert.deepEqual(await labels(), [
      ['Band', 1],
      ['Choir 2', 1],
    ])
    expectStatus(await phone.put('choir.vcf', card), 204)

    expectStatus(await phone.call('DELETE', `${phone.book}choir.vcf`), 204)
    await phone.sync('')
    assert.equal(await getOther(), namesake)
    assert.deepEqual(await labels(), [['Choir 2', 1]])
    const [label] = await labelsOf(ada)
    expectStatus(await ada.patch(`/api/labels/${label?.id}`, { name: 'Voices' }), 200)
    assert.match(await getOther(), /\r\nFN:Voices\r\n/)
  })

  it('stays apart from others of its name that come at the same time', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const uids = Array.from({ length: 6 }, () => randomUUID())
    await Promise.all(uids.map((uid) => phone.put(`${uid}.vcf`, cardFor('Member', [], uid))))
    const groups = uids.map((uid, at) => ({ name: `g${at}.vcf`, card: groupCard('Gs', [uid]) }))
    const answers = await Promise.all(groups.map(({ name, card }) => phone.put(name, card)))
    for (const answer of answers) expectStatus(answer, 201)
    await phone.sync('')
    for (const { name, card } of groups) {
      assert.equal((await phone.call('GET', phone.book + name)).body, card)
    }
    assert.deepEqual(
      (await labelsOf(ada)).map(({ name, contacts }) => [name, contacts]),
      [['Gs', 1], ...uids.slice(1).map((_, at) => [`Gs ${at + 2}`, 1])],
    )
  })

  it('may have more members than are labelled at once', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const uids = Array.from({ length: 450 }, () => randomUUID())
    const { id } = await imported(ada, uids.map((uid) => cardFor('Member', [], uid)).join(''))
    assert.ok(id)
    const card = groupCard('All', uids)
    const made = await phone.put('all.vcf', card, { 'if-none-match': '*' })
    expectStatus(made, 201)
    const read = await phone.call('GET', `${phone.book}all.vcf`)
    assert.equal(read.body, card)
    assert.equal(read.headers.etag, made.headers.etag)
    assert.equal((await labelsOf(ada))[0]?.contacts, uids.length)
  })

  it('is all there or not at all: what is refused has changed nobody', async () => {
    const { ada, phone, first, second, absent, card, getGroup } = await someGroup()
    const uid = /UID:(.*)\r/.exec(card)?.[1] ?? ''
    const changed = groupCard('Singers', [first, second, absent], uid)
    expectStatus(await phone.put('choir.vcf', changed, { 'if-match': '"other"' }), 412)
    expectStatus(await phone.put('choir.vcf', groupCard('Choir', [second])), 403)
    assert.equal(await getGroup(), card)
    assert.deepEqual(
      (await labelsOf(ada)).map(({ name, contacts }) => [name, contacts]),
      [['Choir', 1]],
    )
  })

  it('keeps apart from others that get its name at the same time', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const uids = Array.from({ length: 6 }, () => randomUUID())
    const put = (uid: string, name: string) => phone.put(`${uid}.vcf`, groupCard(name, [], uid))
    for (const [at, uid] of uids.entries()) expectStatus(await put(uid, `Group ${at}`), 201)
    const answers = await Promise.all(uids.map((uid) => put(uid, 'Same')))
    for (const answer of answers) expectStatus(answer, 204)
    assert.deepEqual(
      (await labelsOf(ada)).map(({ name }) => name),
      ['Same', ...uids.slice(1).map((_, at) => `Same ${at + 2}`)],
    )
  })

  it('takes the place of one that an import brought and nobody has listed', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const [member, uid] = [randomUUID(), randomUUID()]
    await imported(ada, cardFor('Ada', [], member) + groupCard('Band', [member], uid))
    const card = groupCard('Band', [], uid)
    expectStatus(await phone.put('band.vcf', card), 201)
    assert.equal((await phone.propfind(phone.book, 1, 'getetag')).responses.size, 3)
    assert.equal((await phone.call('GET', `${phone.book}band.vcf`)).body, card)
    assert.deepEqual(
      (await labelsOf(ada)).map(({ name, contacts }) => [name, contacts]),
      [['Band', 0]],
    )
  })

  it('that gets the name of another group does not take its members', async () => {
    const { ada, phone, second } = await someGroup()
    const uid = randomUUID()
    await phone.put('band.vcf', groupCard('Band', [second], uid))
    expectStatus(await phone.put('band.vcf', groupCard('Choir', [second], uid)), 204)
    assert.deepEqual(
      (await labelsOf(ada)).map(({ name, contacts }) => [name, contacts]),
      [
        ['Choir', 1],
        ['Choir 2', 1],
      ],
    )
  })

  it('keeps its UID where it comes without one', async () => {
    const { phone, first, card, getGroup } = await someGroup()
    const uid = /UID:.*\r\n/.exec(card)?.[0] ?? ''
    const without = card.replace(uid, '').replace('FN:Choir', 'FN:Singers')
    expectStatus(await phone.put('choir.vcf', without), 204)
    assert.ok((await getGroup()).includes(uid))
    expectStatus(await phone.put('choir.vcf', card), 204)
    assert.ok((await getGroup()).includes(first))
  })

  it('may be of 4.0, and is read in both versions', async () => {
    const { ada, phone, first, second } = await someGroup()
    const members = [first, second].map((uid) => `MEMBER:urn:uuid:${uid}`)
    const card = cardFor('Band', ['KIND:group', ...members]).replace('VERSION:3.0', 'VERSION:4.0')
    expectStatus(await phone.put('band.vcf', card), 201)
    const get = (accept: string) =>
      phone.call('GET', `${phone.book}band.vcf`, undefined, { accept })
    assert.equal((await get('text/vcard;version=4.0')).body, card)
    const { body } = await get('text/vcard')
    assert.match(body, /\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n/)
    assert.ok(body.includes(`X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${second}`))
    const { syncToken = '' } = await phone.sync('')
    expectStatus(await phone.put('band.vcf', body), 204)
    assert.equal((await phone.sync(syncToken)).responses.size, 0)
    assert.equal((await get('text/vcard;version=4.0')).body, card)
    const band = (await labelsOf(ada)).find(({ name }) => name === 'Band')
    assert.equal(band?.contacts, 2)
  })

  it('keeps no member that lost its label and was deleted, whoever reads it first', async () => {
    for (const isRead of [true, false]) {
      const { ada, phone, first, absent, getGroup } = await someGroup()
      const contacts = await readJson<{ id: string; first_name: string }[]>(ada, '/api/contacts')
      const { id } = contacts.find(({ first_name: name }) => name === 'First') ?? {}
      expectStatus(await ada.patch(`/api/contacts/${id}`, { label_ids: [] }), 200)
      expectStatus(await phone.call('DELETE', `${phone.book}first.vcf`), 204)
      if (isRead) {
        const group = await getGroup()
        assert.ok(!group.includes(first))
        assert.ok(group.includes(absent))
      }
      expectStatus(await phone.put('again.vcf', cardFor('First', [], first)), 201)
      assert.equal((await labelsOf(ada))[0]?.contacts, 0)
      assert.ok(!(await getGroup()).includes(first))
    }
  })

  it('keeps a member that was deleted with its label, or before it came', async () => {
    const { ada, phone, first, second, getGroup } = await someGroup()
    expectStatus(await phone.call('DELETE', `${phone.book}first.vcf`), 204)
    expectStatus(await phone.call('DELETE', `${phone.book}second.vcf`), 204)
    assert.ok((await getGroup()).includes(first))
    expectStatus(await phone.put('choir.vcf', (await getGroup()).replace(first, second)), 204)
    assert.ok((await getGroup()).includes(second))
    expectStatus(await phone.put('again.vcf', cardFor('Second', [], second)), 201)
    assert.equal((await labelsOf(ada))[0]?.contacts, 1)
  })

  it('labels a member that comes later than it', async () => {
    const { ada, phone, absent } = await someGroup()
    await phone.put('third.vcf', cardFor('Third', [], absent))
    assert.equal((await labelsOf(ada))[0]?.contacts, 2)
  })

  it('that came by an import is a file as well, until the import is undone', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const member = randomUUID()
    const file = cardFor('Ada', [], member) + groupCard('Band', [member])
    const done = await imported(ada, file)
    const first = await phone.sync('')
    assert.equal(first.responses.size, 2)
    const bodies = await Promise.all(
      Array.from(first.responses.keys(), async (href) => (await phone.call('GET', href)).body),
    )
    assert.ok(bodies.some((body) => body.includes('X-ADDRESSBOOKSERVER-KIND:group')))
    await finished(ada, await ada.delete(`/api/imports/${done.id}`))
    const second = await phone.sync(first.syncToken ?? '')
    assert.deepEqual(
      [...second.responses.values()].map(({ status }) => status),
      [404, 404],
    )
  })

  it('of a label that an import brought stays where that is undone', async () => {
    const { ada, phone } = await someGroup()
    const done = await imported(ada, cardFor('Zoe', ['CATEGORIES:Club']))
    const group = groupCard('Club', [])
    expectStatus(await phone.put('club.vcf', group), 201)
    await finished(ada, await ada.delete(`/api/imports/${done.id}`))
    const { body } = await phone.call('GET', `${phone.book}club.vcf`)
    assert.match(body, /X-KEPT:as it is/)
    assert.ok((await labelsOf(ada)).some(({ name }) => name === 'Club'))
  })

  it('is gone at once for who syncs while its label is still taken from contacts', async () => {
    const { ada, phone } = await someGroup()
    const [label] = await labelsOf(ada)
    const people = Array.from({ length: 1_500 }, (_, at) =>
      cardFor(`P ${at}`, ['CATEGORIES:Choir']),
    )
    await imported(ada, people.join(''))
    const { syncToken = '' } = await phone.sync('')
    expectStatus(await ada.delete(`/api/labels/${label?.id}`), 204)
    const { responses } = await phone.sync(syncToken)
    assert.equal(responses.get(`${phone.book}choir.vcf`)?.status, 404)
    expectStatus(await phone.put('choir.vcf', groupCard('Choir', [])), 201)
  })

  it('goes with its label, either way, and leaves the contacts', async () => {
    const { ada, phone } = await someGroup()
    const { syncToken = '' } = await phone.sync('')
    expectStatus(await phone.call('DELETE', `${phone.book}choir.vcf`), 204)
    assert.deepEqual(await labelsOf(ada), [])
    assert.equal((await phone.sync(syncToken)).responses.get(`${phone.book}choir.vcf`)?.status, 404)
    assert.equal((await readJson<object[]>(ada, '/api/contacts')).length, 2)

    const other = await someGroup()
    const before = (await other.phone.sync('')).syncToken ?? ''
    const [label] = await labelsOf(other.ada)
    expectStatus(await other.ada.delete(`/api/labels/${label?.id}`), 204)
    const { responses } = await other.phone.sync(before)
    assert.equal(responses.get(`${other.phone.book}choir.vcf`)?.status, 404)
    expectStatus(await other.phone.call('GET', `${other.phone.book}choir.vcf`), 404)
  })
})
