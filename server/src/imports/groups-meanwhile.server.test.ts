import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { cardFor, connectPhone, type Phone } from '../../test/dav.ts'
import { countsOf, entriesOf, finished, imported } from '../../test/imports.ts'
import { labelsOf } from '../../test/labels.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { uidKey } from '../book/uid.ts'
import type { Import } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

// Two parts, each a transaction.
const uids = Array.from({ length: 150 }, (_, number) => `m${number}`)
const some = uids.slice(0, 20)
const contacts = uids.map((uid) => cardFor(`Member ${uid}`, [], uid)).join('')

function groupCard(name: string, uid: string, members = uids, lines: string[] = []): string {
  const named = members.map((member) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${member}`)
  return cardFor(name, ['X-ADDRESSBOOKSERVER-KIND:group', ...lines, ...named], uid)
}

/** Somebody with all members as contacts, and a phone. */
async function arrive() {
  const ada = await signUp(server)
  const phone = await connectPhone(server, ada)
  await imported(ada, contacts)
  return { ada, phone, uid: randomUUID() }
}

/** The number of contacts of each label. */
async function labelled(ada: Person): Promise<Record<string, number>> {
  return Object.fromEntries((await labelsOf(ada)).map(({ name, contacts }) => [name, contacts]))
}

async function labelIdOf(ada: Person, wanted: string): Promise<string> {
  const label = (await labelsOf(ada)).find(({ name }) => name === wanted)
  return label?.id ?? assert.fail(`there is no ${wanted}`)
}

/** Imports the group Team, and lets `work` happen after the transaction that labels its first members. */
async function importedBeside(ada: Person, card: string, work: () => Promise<void>) {
  const { database } = server.services
  const transaction = database.transaction.bind(database)
  const { Team: before = 0 } = await labelled(ada)
  let isBusy = false
  let done = false
  database.transaction = async (steps) => {
    const result = await transaction(steps)
    if (done || isBusy) return result
    isBusy = true
    const { Team: now = 0 } = await labelled(ada)
    if (now > before) {
      assert.ok(now < uids.length, 'some members are left')
      done = true
      await work()
    }
    isBusy = false
    return result
  }
  try {
    return await imported(ada, card)
  } finally {
    database.transaction = transaction
    assert.ok(done, 'something happened meanwhile')
  }
}

async function undo(ada: Person, { id }: Import) {
  assert.equal((await finished(ada, await ada.delete(`/api/imports/${id}`))).state, 'undone')
}

/** The cards of groups and namesakes: of all files but the members'. */
async function othersIn(phone: Phone): Promise<string[]> {
  const { responses } = await phone.propfind(phone.book, 1, 'getetag')
  const files = [...responses.keys()].filter((href) => href !== phone.book)
  const cards = await Promise.all(files.map(async (href) => (await phone.call('GET', href)).body))
  return cards.filter((card) => !card.includes('FN:Member'))
}

function uidIn(card: string): string {
  return uidKey(/\r\nUID:(.*)\r\n/.exec(card)?.[1] ?? '')
}

async function cardOf(phone: Phone, name: string): Promise<string> {
  const answer = await phone.call('GET', phone.book + name)
  expectStatus(answer, 200)
  return answer.body
}

describe('while the members of a new group are labelled', () => {
  it('a contact with its UID keeps it, and the group gets another one', async () => {
    const { ada, phone, uid } = await arrive()
    const team = groupCard('Team', uid)
    const person = cardFor('Person', [], uid)
    const done = await importedBeside(ada, team, async () =>
      expectStatus(await phone.put('person.vcf', person), 201),
    )
    const others = await othersIn(phone)
    assert.equal(others.length, 2)
    assert.equal(new Set(others.map(uidIn)).size, 2)
    assert.equal(await cardOf(phone, 'person.vcf'), person)
    assert.deepEqual(await labelled(ada), { Team: uids.length })
    assert.equal((await imported(ada, team)).same, 1)
    assert.equal((await othersIn(phone)).length, 2)
    await undo(ada, done)
    assert.deepEqual(await othersIn(phone), [person])
    assert.deepEqual(await labelled(ada), {})
  })

  it('a group that a phone puts with its UID is newer, also for an undo', async () => {
    const { ada, phone, uid } = await arrive()
    const crew = groupCard('Crew', uid, some)
    const done = await importedBeside(ada, groupCard('Team', uid), async () =>
      expectStatus(await phone.put('crew.vcf', crew), 201),
    )
    assert.deepEqual(await othersIn(phone), [crew])
    assert.deepEqual(await labelled(ada), { Crew: 20, Team: 100 })
    const [entry] = await entriesOf(ada, done)
    assert.deepEqual([entry?.outcome, entry?.reason], ['created', null])
    await undo(ada, done)
    assert.deepEqual(await othersIn(phone), [crew])
    assert.equal((await labelled(ada))['Crew'], 20)
  })

  it('its label that is renamed is still its own', async () => {
    const { ada, phone, uid } = await arrive()
    const team = groupCard('Team', uid)
    const done = await importedBeside(ada, team, async () => {
      const id = await labelIdOf(ada, 'Team')
      expectStatus(await ada.patch(`/api/labels/${id}`, { name: 'Crew' }), 200)
    })
    assert.deepEqual(await labelled(ada), { Crew: uids.length })
    assert.match((await othersIn(phone)).join(), /FN:Crew\r\n/)
    assert.equal((await imported(ada, team)).same, 1)
    await undo(ada, done)
    assert.deepEqual(await othersIn(phone), [])
    // Those that have got the new name since.
    assert.deepEqual(await labelled(ada), { Crew: 100 })
  })

  it('its label that is deleted stays so, and with it the group', async () => {
    const { ada, phone, uid } = await arrive()
    const done = await importedBeside(ada, groupCard('Team', uid), async () =>
      expectStatus(await ada.delete(`/api/labels/${await labelIdOf(ada, 'Team')}`), 204),
    )
    assert.deepEqual(await othersIn(phone), [])
    assert.deepEqual(await labelled(ada), {})
    assert.equal((await entriesOf(ada, done))[0]?.reason, null)
  })

  it('a broken connection only repeats it, and an undo deletes its label', async () => {
    const { ada, phone, uid } = await arrive()
    const team = groupCard('Team', uid)
    const done = await importedBeside(ada, team, async () => {
      throw Object.assign(new Error('broken'), { code: 'ECONNRESET' })
    })
    assert.deepEqual(await othersIn(phone), [team])
    assert.deepEqual(await labelled(ada), { Team: uids.length })
    await undo(ada, done)
    assert.deepEqual(await othersIn(phone), [])
    assert.deepEqual(await labelled(ada), {})
  })
})

/** What a phone may write into a group that it knows. */
const changes = {
  'another name': (uid: string) => groupCard('Crew', uid, some),
  'other members': (uid: string) => groupCard('Team', uid, uids.slice(0, 5)),
  'a note': (uid: string) => groupCard('Team', uid, some, ['NOTE:phone']),
}

describe('while the members of a group that comes again are labelled', () => {
  async function arriveWithGroup() {
    const { ada, phone, uid } = await arrive()
    expectStatus(await phone.put('team.vcf', groupCard('Team', uid, some)), 201)
    return { ada, phone, uid, card: groupCard('Team', uid, uids, ['NOTE:import']) }
  }

  for (const [change, cardWithUid] of Object.entries(changes)) {
    it(`${change} that a phone gives it is newer`, async () => {
      const { ada, phone, uid, card } = await arriveWithGroup()
      const changed = cardWithUid(uid)
      await importedBeside(ada, card, async () => {
        expectStatus(await phone.put('team.vcf', changed), 204)
        // Brings it up to date.
        await othersIn(phone)
      })
      const [now = '', ...others] = await othersIn(phone)
      assert.deepEqual(others, [])
      const [name] = /FN:.*/.exec(changed) ?? ['']
      assert.ok(now.includes(name))
      assert.equal(now.includes('NOTE:phone'), changed.includes('NOTE:phone'))
      assert.doesNotMatch(now, /NOTE:import/)
      // Nobody was labelled any more.
      assert.ok(!now.includes('urn:uuid:m149'))
      assert.deepEqual(Object.keys(await labelled(ada)), [name.slice('FN:'.length)])
    })
  }

  it('a phone that only lists it changes nothing', async () => {
    const { ada, phone, card } = await arriveWithGroup()
    const done = await importedBeside(ada, card, async () => void (await othersIn(phone)))
    assert.deepEqual(await othersIn(phone), [card])
    assert.deepEqual(countsOf(done), { created: 0, updated: 1, same: 0, failed: 0 })
    assert.equal((await imported(ada, card)).same, 1)
  })

  for (const [what, remove] of Object.entries({
    'the group': (_: Person, phone: Phone) => phone.call('DELETE', `${phone.book}team.vcf`),
    'its label': async (ada: Person) => ada.delete(`/api/labels/${await labelIdOf(ada, 'Team')}`),
  })) {
    it(`${what} that is deleted stays so`, async () => {
      const { ada, phone, card } = await arriveWithGroup()
      await importedBeside(ada, card, async () => expectStatus(await remove(ada, phone), 204))
      assert.deepEqual(await othersIn(phone), [])
      assert.deepEqual(await labelled(ada), {})
    })
  }
})
