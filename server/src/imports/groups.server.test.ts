import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardWith } from '../../test/cards.ts'
import { contactsOf, createContact } from '../../test/contacts.ts'
import { countsOf, entriesOf, finished, imported } from '../../test/imports.ts'
import { addLabel, createLabel, labelsOf } from '../../test/labels.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

function group(name: string, ...members: string[]): string {
  const lines = members.map((uid) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${uid}`)
  const kind = 'X-ADDRESSBOOKSERVER-KIND:group'
  return cardWith('3.0', `N:${name}`, `FN:${name}`, kind, 'X-ODD;p=1:kept', ...lines, 'UID:G-1')
}

const [one, two] = [cardWith('3.0', 'UID:M1', 'FN:One'), cardWith('3.0', 'UID:M2', 'FN:Two')]
const team = group('Team', 'm1', 'm2')

async function exported(person: Person, query = ''): Promise<string> {
  return (await person.get(`/api/export${query}`)).body
}

/** The name of each label, with the number of its contacts. */
async function labelCountsOf(person: Person): Promise<[string, number][]> {
  return (await labelsOf(person)).map(({ name, contacts }) => [name, contacts])
}

async function firstLabelOf(person: Person): Promise<string> {
  const [label] = await labelsOf(person)
  return label?.id ?? assert.fail('there is no label')
}

async function contactIdsOf(person: Person): Promise<string[]> {
  return (await contactsOf(person)).map(({ id }) => id)
}

describe('a group that comes before its members', () => {
  it('keeps them until they come, whatever the case of their UIDs', async () => {
    const owner = await signUp(server)
    const done = await imported(owner, team)
    const [entry] = await entriesOf(owner, done)
    assert.match(entry?.reason ?? '', / 2 members are not among your contacts: they get it when /)
    assert.deepEqual(await labelCountsOf(owner), [['Team', 0]])
    assert.equal(await exported(owner), team)
    assert.equal((await imported(owner, one)).created, 1)
    assert.deepEqual(await labelCountsOf(owner), [['Team', 1]])
    assert.equal((await imported(owner, two + team)).created, 1)
    assert.deepEqual(await labelCountsOf(owner), [['Team', 2]])
    assert.equal(await exported(owner), one + two + team)
  })

  it('gives its label again to a member that was thrown away and comes again', async () => {
    const owner = await signUp(server)
    await imported(owner, one + team)
    for (const id of await contactIdsOf(owner)) await owner.delete(`/api/contacts/${id}`)
    const done = await imported(owner, one + team)
    assert.deepEqual(countsOf(done), { created: 1, updated: 0, same: 1, failed: 0 })
    assert.deepEqual(await labelCountsOf(owner), [['Team', 1]])
  })

  it('is undone with those that it waits for', async () => {
    const owner = await signUp(server)
    await createLabel(owner, 'Team')
    const done = await imported(owner, team)
    await finished(owner, await owner.delete(`/api/imports/${done.id}`))
    await imported(owner, one)
    assert.deepEqual(await labelCountsOf(owner), [['Team', 0]])
    assert.equal(await exported(owner), one)
  })
})

describe('a group that comes again', () => {
  it('says nothing new, and takes back nothing that was changed here since', async () => {
    const owner = await signUp(server)
    const file = one + two + team
    await imported(owner, file)
    const [label, [first]] = [await firstLabelOf(owner), await contactIdsOf(owner)]
    const path = `/api/labels/${label}`
    expectStatus(await owner.post(`${path}/contacts`, { remove: [first] }), 200)
    expectStatus(await owner.patch(path, { name: 'Crew' }), 200)
    const again = await imported(owner, file)
    assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 3, failed: 0 })
    assert.deepEqual(await labelCountsOf(owner), [['Crew', 1]])
  })

  it('renames its label with its own name, until that is undone', async () => {
    const owner = await signUp(server)
    await imported(owner, one + two + team)
    const renamed = group('Crew', 'm1', 'm2', 'm3')
    const three = cardWith('3.0', 'UID:M3', 'FN:Three')
    const seen = await imported(owner, renamed + three, { dryRun: true })
    const done = await imported(owner, renamed + three)
    for (const { created, updated } of [seen, done]) assert.deepEqual([created, updated], [1, 1])
    assert.deepEqual(await labelCountsOf(owner), [['Crew', 3]])
    assert.equal((await owner.get('/api/contacts?q=crew')).json().length, 3)
    assert.equal(await exported(owner), one + two + three + renamed)
    const undone = await finished(owner, await owner.delete(`/api/imports/${done.id}`))
    assert.equal(undone.kept, 0)
    assert.deepEqual(await labelCountsOf(owner), [['Team', 2]])
    assert.equal((await owner.get('/api/contacts?q=team')).json().length, 2)
  })

  it('is two labels where one file gives two groups one UID, each time', async () => {
    const owner = await signUp(server)
    const file = one + two + group('A', 'm1') + group('B', 'm2')
    assert.equal((await imported(owner, file)).created, 4)
    assert.equal((await imported(owner, file)).same, 4)
    assert.deepEqual(await labelCountsOf(owner), [
      ['A', 1],
      ['B', 1],
    ])
    const own = /^UID:(?!G-1\r|M\d\r).*\r\n/m.exec(await exported(owner))?.[0] ?? ''
    const lastUid = file.lastIndexOf('UID:G-1\r\n')
    assert.equal(
      await exported(owner),
      file.slice(0, lastUid) + own + file.slice(lastUid + 'UID:G-1\r\n'.length),
    )
  })
})

describe('a group on its way out', () => {
  it('is the card that came, but for its name and members that changed', async () => {
    const owner = await signUp(server)
    await imported(owner, one + two + team + cardWith('3.0', 'UID:m4', 'FN:Four'))
    const label = await firstLabelOf(owner)
    const [four, , second] = await contactIdsOf(owner)
    const change = { add: [four], remove: [second] }
    expectStatus(await owner.post(`/api/labels/${label}/contacts`, change), 200)
    expectStatus(await owner.patch(`/api/labels/${label}`, { name: 'Crew, all' }), 200)
    const out = (await exported(owner)).split('BEGIN:VCARD').at(-1) ?? ''
    const [name, kind] = ['Crew\\, all', 'X-ADDRESSBOOKSERVER-KIND:group']
    const member = 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:m1'
    assert.deepEqual(out.trim().split('\r\n'), [
      'VERSION:3.0',
      `N:${name}`,
      `FN:${name}`,
      kind,
      'X-ODD;p=1:kept',
      member,
      'UID:G-1',
      'END:VCARD',
    ])
    const four4 = (await exported(owner, '?version=4.0')).split('BEGIN:VCARD').at(-1) ?? ''
    assert.match(four4, /KIND:group\r\n[^]*MEMBER:urn:uuid:m1\r\n/)
    const there = await signUp(server)
    await imported(there, await exported(owner))
    assert.deepEqual(await labelCountsOf(there), await labelCountsOf(owner))
  })

  it('goes with its label alone where only that is asked for', async () => {
    const owner = await signUp(server)
    await imported(owner, one + two + team)
    const teamId = await firstLabelOf(owner)
    const other = await addLabel(owner, 'Other')
    const [, id] = await contactIdsOf(owner)
    expectStatus(await owner.post(`/api/labels/${other}/contacts`, { add: [id] }), 200)
    assert.equal(lastCard(await exported(owner, `?label=${teamId}`)), team)
    assert.doesNotMatch(await exported(owner, `?label=${other}`), /m1|X-ODD/)
  })
})

function lastCard(file: string): string {
  return `BEGIN:VCARD${file.split('BEGIN:VCARD').at(-1)}`
}

it('a person with the UID of a group becomes a contact with another one, each time', async () => {
  const owner = await signUp(server)
  await imported(owner, one + team)
  const person = cardWith('3.0', 'UID:G-1', 'FN:Person', 'N:Person;;;;')
  await createContact(owner, { first_name: 'Person' })
  for (const dryRun of [true, false]) {
    const done = await imported(owner, person, { dryRun })
    assert.deepEqual(countsOf(done), { created: 1, updated: 0, same: 0, failed: 0 })
    assert.match((await entriesOf(owner, done))[0]?.reason ?? '', /^A group has the same UID/)
  }
  assert.equal(countsOf(await imported(owner, person)).same, 1)
  assert.equal((await exported(owner)).split('UID:G-1').length, 2)
  assert.deepEqual(await labelCountsOf(owner), [['Team', 1]])
})
