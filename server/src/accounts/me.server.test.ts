import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import sharp from 'sharp'
import { claimsOf } from '../../test/jwt.ts'
import { expectStatus, logIn, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { expectTimeSince } from '../../test/times.ts'

const server = await startServer({ PUBLIC_URL: 'https://kith.example.org' })
after(() => server[Symbol.asyncDispose]())

const url = '/api/users/me'

describe('GET /api/users/me', () => {
  it('tells who is asking, with and without a slash at the end', async () => {
    const before = Date.now()
    const ada = await signUp(server)
    for (const path of [url, `${url}/`]) {
      const answer = await ada.get(path)
      expectStatus(answer, 200)
      const { id, created_at: createdAt, ...rest } = answer.json()
      assert.deepEqual(rest, { username: ada.username, email: ada.email, avatar: null })
      assert.equal(id, claimsOf(ada.tokens.access_token)['sub'])
      expectTimeSince(before, createdAt)
      assert.equal(answer.headers['cache-control'], 'private, no-cache')
      assert.match(String(answer.headers['content-type']), /^application\/json/)
    }
  })

  it('is for who is logged in', async () => {
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      const answer = await server.inject({ method, url, payload: { password: 'x' } })
      expectProblem(answer, 401, 'not_authenticated', 'Not authenticated')
    }
  })

  it('gives the avatar as an absolute URL that reveals nothing about its owner', async () => {
    const people = [await signUp(server), await signUp(server)]
    const avatars = []
    for (const [index, person] of people.entries()) {
      const answer = await upload(person, index === 0 ? 'red' : 'blue')
      expectStatus(answer, 200)
      avatars.push(answer.json().avatar)
    }

    for (const [index, person] of people.entries()) {
      const { avatar, id } = (await person.get(url)).json()
      assert.equal(avatar, avatars[index])
      assert.match(avatar, /^https:\/\/kith\.example\.org\/media\/avatars\/[0-9a-f]{32}\.webp$/)
      assert.ok(!avatar.includes(id.replaceAll('-', '')))
    }
    assert.notEqual(avatars[0], avatars[1])
  })
})

describe('PATCH /api/users/me', () => {
  it('changes the name, without spaces around it', async () => {
    const ada = await signUp(server)
    const answer = await ada.patch(url, { username: '  Графиня 👑 ' })

    expectStatus(answer, 200)
    assert.equal(answer.json().username, 'Графиня 👑')
    assert.deepEqual((await ada.get(url)).json(), answer.json())
  })

  it('changes nothing else', async () => {
    const ada = await signUp(server)
    const before = (await ada.get(url)).json()
    const extra = {
      email: 'eve@example.org',
      password: 'x',
      password_hash: 'x',
      role: 'admin',
      session_epoch: 9,
      id: 'x',
      avatar: 'https://evil.example/x.webp',
      confirmed_at: null,
      disabled_at: null,
    }
    const answer = await ada.patch(`${url}?is_admin=true`, { username: 'Eve', ...extra })

    expectRefused(answer, ...Object.keys(extra).map((name) => `/${name}`))
    assert.deepEqual((await ada.get(url)).json(), before)
    expectStatus(await ada.patch(`${url}?is_admin=true&email=x`, { username: ada.username }), 200)
    assert.deepEqual((await ada.get(url)).json(), before)
  })

  it('refuses what is no name', async () => {
    const ada = await signUp(server)
    for (const username of ['', '   ', 'x'.repeat(51), null, 5, [], {}, 'a\0', '\ud800']) {
      expectRefused(await ada.patch(url, { username }), '/username')
    }
    expectRefused(await ada.patch(url, {}), '/username')
    expectProblem(await ada.patch(url, []), 422, 'validation_failed')
    expectProblem(
      await ada.patch(url, 'x', { 'content-type': 'text/plain' }),
      415,
      'unsupported_media_type',
    )
  })

  it('ends with one of many names given at the same time, in the cache too', async () => {
    const ada = await signUp(server)
    const names = Array.from({ length: 10 }, (_, index) => `Ada ${index}`)
    await Promise.all(names.map((username) => ada.patch(url, { username })))

    const { rows } = await server.services.database.pool.query(
      'select username from users where email = $1',
      [ada.email],
    )
    assert.equal((await ada.get(url)).json().username, rows[0].username)
    const { username } = (await (await logIn(server, ada)).get(url)).json()
    assert.equal(username, rows[0].username)
  })
})

async function upload(person: Person, background: string) {
  const create = { width: 10, height: 10, channels: 3, background } as const
  const form = new FormData()
  form.set('file', new Blob([await sharp({ create }).png().toBuffer()]), '../../x.png')
  const { headers, body } = new Response(form)
  const type = { 'content-type': headers.get('content-type') ?? '' }
  const payload = Buffer.from(await new Response(body).arrayBuffer())
  return person.patch('/api/users/avatar', payload, type)
}
