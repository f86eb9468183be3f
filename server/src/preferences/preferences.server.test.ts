import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { addContact } from '../../test/contacts.ts'
import { claimsOf } from '../../test/jwt.ts'
import { expectStatus, logIn, readJson, signUp, type Call, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { regionOf } from './preferences.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const path = '/api/users/me/preferences'

const unset = {
  language: null,
  region: null,
  time_zone: null,
  theme: null,
  sort: null,
  name_order: null,
  single_keys: null,
  guessed: { language: null, region: null, time_zone: null },
}
const inVienna = { ...unset.guessed, time_zone: 'Europe/Vienna' }

describe('preferences', () => {
  it('are null before they are set, and the same on every device afterwards', async () => {
    const laptop = await signUp(server)
    assert.deepEqual(await readJson(laptop, path), unset)
    const wanted = {
      language: 'uk',
      region: 'UA',
      time_zone: 'Europe/Kyiv',
      theme: 'dark',
      sort: '-updated_at',
      name_order: 'last_name_first',
      single_keys: false,
    }
    const answer = await laptop.patch(path, wanted)
    expectStatus(answer, 200)
    const { guessed, ...set } = answer.json()
    assert.deepEqual(set, wanted)
    assert.deepEqual(await readJson(await logIn(server, laptop), path), { ...wanted, guessed })
  })

  it('are merged: what is absent stays, and null clears', async () => {
    const ada = await signUp(server)
    await ada.patch(path, { language: 'de', theme: 'light' })
    const headers = { 'content-type': 'application/merge-patch+json' }
    const answer = await ada.patch(path, JSON.stringify({ theme: null, region: 'AT' }), headers)
    expectStatus(answer, 200)
    const merged = { ...unset, language: 'de', region: 'AT', guessed: inVienna }
    assert.deepEqual(answer.json(), merged)
    expectStatus(await ada.patch(path, {}), 200)
    assert.deepEqual(await readJson(ada, path), merged)
  })

  it('of patches at the same moment are all kept', async () => {
    const ada = await signUp(server)
    const patches = [{ language: 'de' }, { region: 'AT' }, { theme: 'dark' }, { single_keys: true }]
    await Promise.all(patches.map((patch) => ada.patch(path, patch)))
    const all = Object.assign({}, ...patches)
    assert.deepEqual(await readJson(ada, path), { ...unset, ...all, guessed: inVienna })
  })

  it('are refused by their names and values, and then none is changed', async () => {
    const ada = await signUp(server)
    for (const [pointer, wrong] of [
      ['/language', { language: 'english please' }],
      ['/region', { region: 'ua' }],
      ['/region', { region: 'ZZ' }],
      ['/time_zone', { time_zone: 'Mars/Olympus' }],
      ['/theme', { theme: 'pink' }],
      ['/sort', { sort: 'shoe_size' }],
      ['/name_order', { name_order: 1 }],
      ['/single_keys', { single_keys: 'yes' }],
      ['/is_admin', { is_admin: true }],
    ] as const) {
      expectRefused(await ada.patch(path, { theme: 'dark', ...wrong }), pointer)
    }
    assert.deepEqual(await readJson(ada, path), unset)
    const { errors } = (await ada.patch(path, { theme: 'pink' })).json()
    assert.deepEqual(errors, [{ pointer: '/theme', detail: 'must be one of light, dark, null.' }])
    const list = await ada.patch(path, [])
    expectProblem(list, 422, 'validation_failed')
  })

  it('are stored in their canonical spelling', async () => {
    const ada = await signUp(server)
    const answer = await ada.patch(path, { language: 'PT-br', time_zone: 'europe/kyiv' })
    expectStatus(answer, 200)
    const { language, time_zone } = answer.json()
    assert.deepEqual([language, time_zone], ['pt-BR', 'Europe/Kyiv'])
  })

  it('are nobody else’s, and in no answer that shows the user', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await ada.patch(path, { language: 'de' })
    assert.deepEqual(await readJson(eve, path), unset)
    assert.ok(!('preferences' in (await readJson<object>(ada, '/api/users/me'))))
  })
})

describe('a preference that is not set', () => {
  it('is guessed from the browser at sign-up, and shown as a guess', async () => {
    const ada = await signUpIn('de-AT,de;q=0.9,en;q=0.5')
    const guessed = { language: 'de-AT', region: 'AT', time_zone: 'Europe/Vienna' }
    assert.deepEqual(await readJson(ada, path), { ...unset, guessed })
    assert.equal(await regionOf(server.services, idOf(ada)), 'AT')
  })

  it('is guessed from the first phone numbers rather, and what is set goes before both', async () => {
    const ada = await signUpIn('de-AT')
    for (const phone of ['+380441234567', '+380441234568', '0441234569']) {
      await addContact(ada, { first_name: 'Olena', phone })
    }
    assert.equal(await regionOf(server.services, idOf(ada)), 'AT')
    const phones = [{ value: '+380 44 123 45 70' }, { value: '12345' }]
    await addContact(ada, { first_name: 'Taras', phones })
    assert.equal(await regionOf(server.services, idOf(ada)), 'UA')
    const guessed = { language: 'de-AT', region: 'UA', time_zone: null }
    assert.deepEqual(await readJson(ada, path), { ...unset, guessed })

    expectStatus(await ada.patch(path, { region: 'PL' }), 200)
    assert.equal(await regionOf(server.services, idOf(ada)), 'PL')
    expectRefused(await ada.patch(path, { guessed }), '/guessed')
  })

  it('is not guessed from the contacts of others', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    for (const end of [1, 2, 3])
      await addContact(ada, { first_name: 'O', phone: `+38044123456${end}` })
    assert.equal(await regionOf(server.services, idOf(ada)), 'UA')
    assert.equal(await regionOf(server.services, idOf(eve)), null)
  })
})

/** Signs up with a browser that asks for these languages. */
function signUpIn(languages: string) {
  const headers = { 'accept-language': languages }
  const inject = (call: Call) =>
    server.inject({ ...call, headers: { ...call.headers, ...headers } })
  return signUp({ ...server, inject })
}

function idOf({ tokens }: Person): string {
  return String(claimsOf(tokens.access_token)['sub'])
}
