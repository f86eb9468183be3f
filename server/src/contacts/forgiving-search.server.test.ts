import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { addContact } from '../../test/contacts.ts'
import { expectStatus, signUp, type Answer, type Person } from '../../test/people.ts'
import { realNames } from '../../test/real-names.ts'
import { startServer } from '../../test/server.ts'
import { anyTypo, mistyped } from '../../test/typos.ts'
import { fold } from '../book/fold.ts'
import type { FoundContact } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

type Hits = { names: string[]; similar: string[]; answer: Answer }

/** Whom a search finds, by the first names, as they are listed. */
async function search(person: Person, q: string, more = {}): Promise<Hits> {
  const query = new URLSearchParams({ q, ...more }).toString()
  const answer = await person.get(`/api/contacts/search?${query}`)
  expectStatus(answer, 200)
  const hits = answer.json<FoundContact[]>()
  const nameOf = ({ first_name, last_name }: FoundContact) => first_name ?? last_name ?? ''
  return {
    names: hits.filter(({ match }) => !match).map(nameOf),
    similar: hits.filter(({ match }) => match === 'similar').map(nameOf),
    answer,
  }
}

describe('a search with few hits', () => {
  it('also finds what is written with typos, last and marked', async () => {
    const ada = await signUp(server)
    for (const [first_name, last_name] of [
      ['John', 'Smith'],
      ['Jona', 'Smith'],
      ['Jan', 'Łukasiewicz'],
      ['Heinz', 'Мюллер'],
      ['Hans', 'Müller'],
    ]) {
      await addContact(ada, { first_name, last_name })
    }
    const found = async (q: string) => {
      const { names, similar } = await search(ada, q)
      return [names, similar]
    }
    assert.deepEqual(await found('Jonh'), [[], ['John', 'Jona']])
    assert.deepEqual(await found('jona'), [['Jona'], []])
    assert.deepEqual(await found('Lukaszewic'), [[], ['Jan']])
    assert.deepEqual(await found('Мюлер'), [[], ['Hans', 'Heinz']])
    assert.deepEqual(await found('jonh smiht'), [[], ['John', 'Jona']])
    assert.deepEqual(await found('jonh miller'), [[], []])
    // Three letters are forgiven nothing.
    assert.deepEqual(await found('jno'), [[], []])
  })

  it('says nothing of a match where there is none but the words themselves', async () => {
    const ada = await signUp(server)
    await addContact(ada, { first_name: 'John' })
    const { answer } = await search(ada, 'john')
    assert.ok(answer.json<object[]>().every((hit) => !('match' in hit)))
    const { answer: whole } = await search(ada, 'jonh', { view: 'full' })
    assert.deepEqual(
      whole.json<FoundContact[]>().map(({ match }) => match),
      ['similar'],
    )
  })

  it('leaves similar ones alone where five are found', async () => {
    const ada = await signUp(server)
    for (let count = 0; count < 4; count++) await addContact(ada, { first_name: `Jonas ${count}` })
    await addContact(ada, { first_name: 'Joans' })
    assert.equal((await search(ada, 'jonas')).similar.length, 1)
    await addContact(ada, { first_name: 'Jonas 4' })
    assert.deepEqual((await search(ada, 'jonas')).similar, [])
  })

  it('is read page by page, exact hits before similar ones, in every order', async () => {
    const ada = await signUp(server)
    const names = ['Jonas A', 'Jonas B', 'Jonas C', 'Joans D', 'Joans E', 'Jnas F', 'Jonass G']
    for (const first_name of names) await addContact(ada, { first_name })
    for (const sort of ['relevance', '-name', 'created_at']) {
      const all = await search(ada, 'jonas', { sort })
      const listed = [...all.names, ...all.similar]
      assert.equal(all.names.length, 4, 'Jonass has the word')
      assert.deepEqual(listed.toSorted(), names.toSorted())
      for (const limit of [1, 2, 3, 5]) {
        const pages: string[] = []
        let path: string | undefined = `/api/contacts/search?q=jonas&sort=${sort}&limit=${limit}`
        while (path !== undefined) {
          const answer = await ada.get(path)
          assert.equal(answer.headers['x-total-count'], '7')
          assert.ok(pages.length <= listed.length, 'pages repeat contacts')
          pages.push(...answer.json<FoundContact[]>().map((hit) => hit.first_name ?? ''))
          path = /<(.*)>/.exec(String(answer.headers['link'] ?? ''))?.[1]
        }
        assert.deepEqual(pages, listed)
        const skipped = await search(ada, 'jonas', { sort, skip: '3', limit: String(limit) })
        assert.deepEqual([...skipped.names, ...skipped.similar], listed.slice(3, 3 + limit))
      }
    }
  })

  it('finds nobody of another owner', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await addContact(ada, { first_name: 'John', additional_data: 'Needle' })
    for (const q of ['john', 'jonh', 'needle', 'Джон']) {
      const { answer } = await search(eve, q, { notes: 'true' })
      assert.deepEqual(answer.json(), [], q)
    }
  })
})

describe('every contact', () => {
  it('is found by each of its names with a typo, behind those that have the word', async () => {
    const ada = await signUp(server)
    const ids = new Map<string, string>()
    for (const last_name of Object.values(realNames).flat()) {
      ids.set(await addContact(ada, { last_name, company: 'Firm' }), last_name)
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ids), anyTypo, async ([id, word], typo) => {
        // A typo leaves at least four letters, and is one: œ and a Hangul syllable are several, folded.
        if (!/^\p{L}{5,}$/u.test(word) || fold(word).length !== word.length) return
        const q = mistyped(word, typo)
        const { names: exact, answer } = await search(ada, q)
        const hits = answer.json<FoundContact[]>()
        assert.equal(
          hits.findLastIndex(({ match }) => match === undefined),
          exact.length - 1,
        )
        if (exact.length < 5)
          assert.ok(
            hits.some((hit) => hit.id === id),
            `${q} for ${word}`,
          )
      }),
      { numRuns: 150 },
    )
  })
})

describe('a search in another script', () => {
  it('finds the same name', async () => {
    const ada = await signUp(server)
    const people = ['Олена', 'Olena', 'Щербакова', 'Shcherbakova', 'Юлія', 'Yuliia', 'Γιάννης']
    for (const first_name of [...people, 'Giannis', 'Sane Susane']) {
      await addContact(ada, { first_name })
    }
    for (const [queries, ...names] of [
      [['Олена', 'olena', 'OLEN', 'Ολενα'], 'Olena', 'Олена'],
      [['Щербакова', 'Shcherbakova'], 'Shcherbakova', 'Щербакова'],
      [['scherbakova'], 'Щербакова'],
      [['Юлія', 'Yuliia'], 'Yuliia', 'Юлія'],
      [['Юлия', 'Iuliia', 'Julia'], 'Юлія'],
      [['Γιαννης', 'giannis', 'yannis'], 'Giannis', 'Γιάννης'],
      [['shane']],
    ] as const) {
      for (const q of queries) {
        const { names: found } = await search(ada, q)
        const missing = names.filter((name) => !found.includes(name))
        // What is typed in Latin letters finds only itself among these.
        assert.deepEqual(q === 'yannis' ? ['Giannis'] : [], missing, q)
        assert.ok(
          found.every((name) => names.some((one) => one === name)),
          q,
        )
      }
    }
  })
})

describe('the hits of a search', () => {
  it('are listed by how and where they match, then by name', async () => {
    const ada = await signUp(server)
    const people: Record<string, object> = {
      'whole name': { last_name: 'Anna' },
      'whole name of two': { last_name: 'Anna Beta' },
      'part of a double name': { last_name: 'Beta-Anna' },
      'whole company': { last_name: 'Z', company: 'Haus Anna' },
      'start of a name': { last_name: 'Annabel' },
      'start of a company': { last_name: 'X', company: 'Annahof' },
      'start of an e-mail': { last_name: 'W', email: 'anna@example.org' },
      'in a name': { last_name: 'Joanna' },
      'in a company': { last_name: 'V', company: 'Hoanna' },
      'in an e-mail': { last_name: 'U', email: 'joanna@example.org' },
      'in notes': { last_name: 'T', additional_data: 'with Anna' },
    }
    for (const [first_name, fields] of Object.entries(people).toReversed()) {
      await addContact(ada, { first_name, ...fields })
    }
    const { names } = await search(ada, 'anna', { notes: 'true' })
    assert.deepEqual(names, Object.keys(people))
    const byName = await search(ada, 'anna', { sort: 'name', notes: 'true' })
    assert.deepEqual(byName.names.toSorted(), names.toSorted())
    assert.equal(byName.names[0], 'whole name')
    assert.equal(byName.names.at(-1), 'whole company')
  })

  it('are found without apostrophes and hyphens', async () => {
    const ada = await signUp(server)
    for (const last_name of ['O’Brien', 'OBrien', 'Lovelace-King']) {
      await addContact(ada, { last_name })
    }
    for (const [q, count] of [
      ['obrien', 2],
      ["o'brien", 2],
      ['lovelaceking', 1],
      ['lovelace-king', 1],
      ['king', 1],
    ] as const) {
      assert.equal((await search(ada, q)).names.length, count, q)
    }
  })
})

describe('a search in notes', () => {
  it('also reads notes, addresses and custom fields, where it is asked to', async () => {
    const ada = await signUp(server)
    await addContact(ada, {
      first_name: 'Grace',
      additional_data: 'Met in the Café de Flore',
      addresses: [{ city: 'Göttingen', street: 'Вулиця Садова 7' }],
      custom_fields: [{ label: 'Boat', value: 'Ærø' }],
    })
    await addContact(ada, { first_name: 'Jean' })
    for (const q of [
      'cafe',
      'grace flore',
      'goettingen',
      'sadova',
      'boat aero',
      'GÖTTINGEN café',
    ]) {
      assert.deepEqual((await search(ada, q, { notes: 'true' })).names, ['Grace'], q)
      assert.deepEqual((await search(ada, q)).names, [], q)
    }
    const similar = await search(ada, 'grcae flore', { notes: 'true' })
    assert.deepEqual([similar.names, similar.similar], [[], ['Grace']])
    assert.deepEqual((await search(ada, 'jean cafe', { notes: 'true' })).names, [])
  })

  it('reads what the notes are now', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada, { first_name: 'Grace', additional_data: 'before' })
    await ada.patch(`/api/contacts/${id}`, { additional_data: 'after' })
    assert.deepEqual((await search(ada, 'after', { notes: 'true' })).names, ['Grace'])
    assert.deepEqual((await search(ada, 'before', { notes: 'true' })).names, [])
  })
})
