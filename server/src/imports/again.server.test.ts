import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardOf, cardWith } from '../../test/cards.ts'
import { addContact, contactsOf, firstContactOf } from '../../test/contacts.ts'
import { countsOf, entriesOf, finished, imported } from '../../test/imports.ts'
import { addLabel, labelsOf } from '../../test/labels.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

function repeat(times: number, entryOf: (number: number) => string): string {
  return Array.from({ length: times }, (_, at) => entryOf(at)).join('')
}

async function expectSame(person: Person, file: string, same: number) {
  const again = await imported(person, file)
  assert.deepEqual(countsOf(again), { created: 0, updated: 0, same, failed: 0 })
}

const address = 'First Name,Last Name,Organization Name,Address 1 - Street\r\n'
const lookAlikes: [what: string, count: number, file: string][] = [
  ['rows of companies', 40, address + repeat(40, (n) => `,,Company ${n},Street ${n}\r\n`)],
  [
    'rows of one name',
    40,
    `First Name,Last Name,Notes\r\n${repeat(40, (n) => `Unknown,,note ${n}\r\n`)}`,
  ],
  [
    'cards of companies',
    40,
    repeat(40, (n) =>
      cardWith('3.0', `FN:Company ${n}`, 'N:;;;;', `ORG:Company ${n}`, `ADR:;;Street ${n};;;;`),
    ),
  ],
  ['cards with a note alone', 30, repeat(30, (n) => cardWith('3.0', `NOTE:${n}`))],
  [
    'cards that differ in a photo',
    7,
    repeat(7, (n) => cardWith('3.0', 'FN:Jo', 'N:Jo;;;;', `PHOTO;VALUE=uri:http://x/${n}`)),
  ],
  [
    'cards that differ in what only others know',
    9,
    repeat(9, (n) => cardWith('3.0', 'FN:Jo', `X-A:${n}`)),
  ],
]

describe('the same file once more', () => {
  it('is one contact also where a card in it comes twice, with its lines in another order', async () => {
    const owner = await signUp(server)
    const lines = ['FN:Ann Test', 'N:Test;Ann;;;', 'TEL:111', 'EMAIL:a@example.org']
    const file = cardWith('3.0', ...lines) + cardWith('3.0', ...lines.toReversed())
    const preview = await imported(owner, file, { dryRun: true })
    assert.deepEqual(countsOf(preview), { created: 1, updated: 0, same: 1, failed: 0 })
    assert.deepEqual(countsOf(await imported(owner, file)), countsOf(preview))
    await expectSame(owner, file, 2)
  })

  for (const [what, count, file] of lookAlikes) {
    it(`says nothing new, however alike its entries: ${what}`, async () => {
      const owner = await signUp(server)
      assert.equal((await imported(owner, file)).created, count)
      await expectSame(owner, file, count)
      const seen = await imported(owner, file, { dryRun: true })
      assert.deepEqual(countsOf(seen), { created: 0, updated: 0, same: count, failed: 0 })
    })
  }

  it('takes back nothing that was changed here since, and makes no second contact', async () => {
    for (const file of [
      cardWith('3.0', 'UID:a1', 'FN:One', 'N:One;;;;', 'TEL:1', 'CATEGORIES:Old'),
      cardWith('3.0', 'FN:One', 'N:One;;;;', 'TEL:1', 'CATEGORIES:Old'),
      'First Name,Phone 1 - Value,Labels\r\nOne,1,Old\r\n',
    ]) {
      const owner = await signUp(server)
      await imported(owner, file)
      const { id, label_ids: labelIds } = await firstContactOf(owner)
      const patch = { emails: [{ value: 'one@example.org' }], label_ids: [] }
      expectStatus(await owner.patch(`/api/contacts/${id}`, patch), 200)
      expectStatus(await owner.delete(`/api/labels/${labelIds[0]}`), 204)
      await expectSame(owner, file, 1)
      await expectSame(owner, file.replace('UID:a1', 'UID:a1\r\nREV:20260101T000000Z'), 1)
      const [contact, ...others] = await contactsOf(owner)
      assert.deepEqual([contact?.email, contact?.label_ids], ['one@example.org', []])
      assert.deepEqual(others, [])
      assert.deepEqual(await labelsOf(owner), [])
    }
  })

  it('takes back nothing either when it is our own export', async () => {
    const owner = await signUp(server)
    await owner.post('/api/contacts', { first_name: 'One' })
    await imported(owner, cardWith('3.0', 'FN:Two'))
    for (const query of ['', '?version=4.0', '?format=csv']) {
      const file = (await owner.get(`/api/export${query}`)).body
      await expectSame(owner, file, 2)
      for (const { id } of await contactsOf(owner)) {
        expectStatus(await owner.patch(`/api/contacts/${id}`, { nickname: query || 'three' }), 200)
      }
      await expectSame(owner, file, 2)
    }
  })

  it('takes no label away from the card, where the file says something new', async () => {
    const owner = await signUp(server)
    const file = (phone: string) =>
      cardWith('3.0', 'UID:ann', 'FN:Ann', 'N:Ann;;;;', `TEL:${phone}`)
    const group = cardWith('3.0', 'UID:g', 'FN:Team', 'X-ADDRESSBOOKSERVER-KIND:group')
    const member = 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ann\r\nEND'
    await imported(owner, file('1') + group.replace('END', member))
    const { id, label_ids: groupIds } = await firstContactOf(owner)
    const family = await addLabel(owner, 'Family')
    const label_ids = [...groupIds, family]
    expectStatus(await owner.patch(`/api/contacts/${id}`, { label_ids }), 200)
    const stated = await cardOf(server, id)
    assert.match(stated ?? '', /\r\nCATEGORIES:.*Family/)

    assert.equal((await imported(owner, file('2'))).updated, 1)
    const contact = await firstContactOf(owner)
    assert.deepEqual([contact.phone, contact.label_ids], ['2', label_ids])
    const categories = (card: string | undefined) => /\r\nCATEGORIES:.*/.exec(card ?? '')?.[0]
    assert.equal(categories(await cardOf(server, id)), categories(stated))
    await expectSame(owner, file('2'), 1)
  })

  it('gives the card the name that a label of it is just getting', async () => {
    const owner = await signUp(server)
    const file = (...lines: string[]) => cardWith('3.0', 'UID:ann', 'FN:Ann', 'N:Ann;;;;', ...lines)
    await imported(owner, file('TEL:1', 'CATEGORIES:Old'))
    const { id, label_ids } = await firstContactOf(owner)
    // The label has its new name, which the cards are still to get.
    await server.services.database.write(
      `update labels set name = 'New', name_key = 'new'
      where owner_id = (select owner_id from contacts where id = $1) and id = any ($2::uuid[])`,
      [id, label_ids],
    )
    assert.equal((await imported(owner, file('TEL:2'))).updated, 1)
    assert.match((await cardOf(server, id)) ?? '', /\r\nCATEGORIES:New\r\n/)
  })

  it('takes no label away either from a contact without a card', async () => {
    const owner = await signUp(server)
    const label_ids = [await addLabel(owner, 'Family')]
    const id = await addContact(owner, { first_name: 'Ann', label_ids })
    await imported(owner, cardWith('3.0', 'UID:ann', 'FN:Ann', 'N:;Ann;;;', 'CATEGORIES:Navy'))
    assert.equal((await contactsOf(owner)).length, 1)
    assert.match((await cardOf(server, id)) ?? '', /\r\nCATEGORIES:Navy,Family\r\n/)
  })

  it('brings back what it says when another file had changed that, or its import was undone', async () => {
    const owner = await signUp(server)
    const [one, two] = [
      cardWith('3.0', 'UID:a', 'FN:A', 'TEL:1'),
      cardWith('3.0', 'UID:a', 'FN:A', 'TEL:2'),
    ]
    await imported(owner, one)
    const second = await imported(owner, two)
    assert.equal(second.updated, 1)
    assert.equal((await imported(owner, one)).updated, 1)
    const third = await imported(owner, two)
    assert.equal(third.updated, 1)
    await finished(owner, await owner.delete(`/api/imports/${third.id}`))
    assert.equal((await firstContactOf(owner)).phone, '1')
    assert.equal((await imported(owner, two)).updated, 1)
    const { id } = await firstContactOf(owner)
    expectStatus(await owner.delete(`/api/contacts/${id}`), 204)
    assert.equal((await imported(owner, two)).created, 1)
    await expectSame(owner, two, 1)
  })
})

describe('two people to whom a file gives one UID', () => {
  const [a, b] = [
    cardWith('3.0', 'UID:1', 'FN:a', 'N:a;;;;'),
    cardWith('3.0', 'UID:1', 'FN:b', 'N:b;;;;'),
  ]

  it('are two contacts, of which the second gets a UID of its own', async () => {
    const owner = await signUp(server)
    for (const dryRun of [true, false]) {
      const done = await imported(owner, a + b + a, { dryRun })
      assert.deepEqual(countsOf(done), { created: 2, updated: 0, same: 1, failed: 0 })
      const entry = (await entriesOf(owner, done)).find(({ number }) => number === 2)
      assert.equal(entry?.outcome, 'created')
      assert.match(entry?.reason ?? '', /^An earlier entry of this file has the same UID /)
      assert.deepEqual(
        entry?.remarks.map(({ code }) => code),
        ['uid_repeated'],
      )
    }
    const [, second] = await contactsOf(owner)
    assert.equal((await owner.get('/api/export')).body, a + b.replace('UID:1', `UID:${second?.id}`))
    await expectSame(owner, a + b + a, 3)
    await expectSame(owner, (await owner.get('/api/export')).body, 2)
  })

  it('stay two when one was known before, or only now is another', async () => {
    const owner = await signUp(server)
    await imported(owner, a)
    assert.deepEqual(countsOf(await imported(owner, a + b)), {
      created: 1,
      updated: 0,
      same: 1,
      failed: 0,
    })
    const moved = a.replace('N:a;;;;', 'N:a;;;;\r\nTEL:1')
    assert.deepEqual(countsOf(await imported(owner, b + moved)), {
      created: 0,
      updated: 1,
      same: 1,
      failed: 0,
    })
    assert.equal((await contactsOf(owner)).length, 2)
  })

  it('are two in a CSV file of ours as well', async () => {
    const owner = await signUp(server)
    const rows = 'First Name,Kith UID\r\nOne,1\r\nTwo,1\r\n'
    assert.equal((await imported(owner, rows)).created, 2)
    await expectSame(owner, rows, 2)
  })
})

describe('two look-alikes with different UIDs in a CSV file of ours', () => {
  const header = 'First Name,Last Name,Kith UID\r\n'
  const between = repeat(120, (n) => `Other,Person ${n},o-${n}\r\n`)

  it('stay two, side by side, far from each other, and in a second file', async () => {
    const file = `${header}Ilse,Reh,u-1\r\nIlse,Reh,u-2\r\n${between}Ilse,Reh,u-3\r\n`
    const owner = await signUp(server)
    for (const dryRun of [true, false]) {
      assert.equal((await imported(owner, file, { dryRun })).created, 123)
    }
    assert.equal((await imported(owner, `${header}Ilse,Reh,u-4\r\n`)).created, 1)
    await expectSame(owner, file, 123)
  })

  it('do not become one that was typed here, which only the first of them is', async () => {
    const owner = await signUp(server)
    await addContact(owner, { first_name: 'Ilse', last_name: 'Reh' })
    const file = `${header}Ilse,Reh,u-1\r\n${between}Ilse,Reh,u-2\r\n`
    for (const dryRun of [true, false]) {
      const done = await imported(owner, file, { dryRun })
      assert.deepEqual(countsOf(done), { created: 121, updated: 0, same: 1, failed: 0 })
    }
  })
})

describe('who is there already', () => {
  it('is known by what a file says, whatever its order, version and invisible marks', async () => {
    const owner = await signUp(server)
    const lines = ['N:Test;Ann;;;', 'FN:Ann Test', 'TEL:111', 'EMAIL:a@example.org']
    await imported(owner, cardWith('3.0', ...lines))
    await expectSame(owner, cardWith('3.0', ...lines.toReversed()), 1)
    await expectSame(owner, cardWith('4.0', ...lines.toReversed()), 1)
    await imported(owner, 'Name,Phone\r\nAnn Bee,+49 151 5550101\r\n')
    await expectSame(owner, 'Name,Phone\r\nAnn Bee,\u202a+49 151 5550101\u202c\r\n', 1)
  })

  it('is another where a property comes first that was second', async () => {
    const owner = await signUp(server)
    const name = ['N:Test;Ann;;;', 'FN:Ann Test']
    await imported(owner, cardWith('3.0', ...name, 'TEL:1', 'TEL:2'))
    assert.equal((await imported(owner, cardWith('3.0', ...name, 'TEL:2', 'TEL:1'))).created, 1)
  })
})
