import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, logIn, readJson, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

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
}

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
    assert.deepEqual(answer.json(), wanted)
    assert.deepEqual(await readJson(await logIn(server, laptop), path), wanted)
  })

  it('are merged: what is absent stays, and null clears', async () => {
    const ada = await signUp(server)
    await ada.patch(path, { language: 'de', theme: 'light' })
    const headers = { 'content-type': 'application/merge-patch+json' }
    const answer = await ada.patch(path, JSON.stringify({ theme: null, region: 'AT' }), headers)
    expectStatus(answer, 200)
    assert.deepEqual(answer.json(), { ...unset, language: 'de', region: 'AT' })
    expectStatus(await ada.patch(path, {}), 200)
    assert.deepEqual(await readJson(ada, path), { ...unset, language: 'de', region: 'AT' })
  })

  it('of patches at the same moment are all kept', async () => {
    const ada = await signUp(server)
    const patches = [{ language: 'de' }, { region: 'AT' }, { theme: 'dark' }, { single_keys: true }]
    await Promise.all(patches.map((patch) => ada.patch(path, patch)))
    assert.deepEqual(await readJson(ada, path), { ...unset, ...Object.assign({}, ...patches) })
  })

  it('are refused by their names and values, and then none is changed', async () => {
    const ada = await signUp(server)
    for (const [pointer, wrong] of [
      ['/language', { language: 'english please' }],
      ['/region', { region: 'ua' }],
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
    const list = await ada.patch(path, [])
    expectProblem(list, 422, 'validation_failed')
  })

  it('are nobody else’s, and in no answer that shows the user', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await ada.patch(path, { language: 'de' })
    assert.deepEqual(await readJson(eve, path), unset)
    assert.ok(!('preferences' in (await readJson<object>(ada, '/api/users/me'))))
  })
})
