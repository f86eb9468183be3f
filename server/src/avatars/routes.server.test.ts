import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import sharp from 'sharp'
import { avatarOf, picture, upload, uploadPicture } from '../../test/avatars.ts'
import { signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer, type TestServer } from '../../test/server.ts'
import { maxUploadSize } from './upload.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

/** A form by hand, with whatever stands between its first line and its last. */
const uploadRaw = (person: Person, inside: string | Buffer, end = '\r\n--x--\r\n') =>
  person.patch(
    '/api/users/avatar',
    Buffer.concat([Buffer.from('--x\r\n'), Buffer.from(inside), Buffer.from(end)]),
    { 'content-type': 'multipart/form-data; boundary=x' },
  )
const fileHeader = 'content-disposition: form-data; name="file"; filename="me.jpg"\r\n\r\n'

async function filesOf({ services }: TestServer): Promise<string[]> {
  return readdir(join(services.config.dataDir, 'avatars')).catch(() => [])
}

describe('uploading an avatar', () => {
  it('answers with the user, whose new picture everybody may fetch and keep', async () => {
    const ada = await signUp(server)
    const answer = await uploadPicture(ada)
    assert.equal(answer.statusCode, 200, answer.body)
    const { avatar, email } = answer.json()
    assert.equal(email, ada.email)
    assert.match(avatar.replace(server.url, ''), /^\/media\/avatars\/[0-9a-f]{32}\.webp$/)
    assert.equal(await avatarOf(ada), avatar)

    const { headers, rawPayload } = await server.inject(new URL(avatar).pathname)
    const { format, width, height } = await sharp(rawPayload).metadata()
    assert.deepEqual([format, width, height], ['webp', 250, 250])
    assert.equal(headers['content-type'], 'image/webp')
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(headers['content-security-policy'], "default-src 'none'")
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
  })

  it('replaces the one before, at another address', async () => {
    const ada = await signUp(server)
    const first: string = (await uploadPicture(ada)).json().avatar
    const second: string = (await uploadPicture(ada, await picture('red'))).json().avatar
    assert.notEqual(first, second)
    await server.jobsDone()
    assert.equal((await server.inject(new URL(first).pathname)).statusCode, 404)
    assert.equal((await server.inject(new URL(second).pathname)).statusCode, 200)
  })

  it('leaves one picture of many that come at once', async () => {
    const ada = await signUp(server)
    await server.jobsDone()
    const before = await filesOf(server)
    const answers = await Promise.all(Array.from({ length: 6 }, () => uploadPicture(ada)))
    assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]))
    await server.jobsDone()

    const name = (await avatarOf(ada))?.split('/').at(-1)
    assert.deepEqual(
      (await filesOf(server)).filter((file) => !before.includes(file)),
      [name],
    )
  })

  it('ignores what the file is called', async () => {
    const ada = await signUp(server)
    const bytes = new Blob([new Uint8Array(await picture())], { type: 'text/html' })
    for (const name of ['../../x', 'a\0.html', 'x'.repeat(5_000), '', '.', 'me.svg']) {
      const answer = await upload(ada, { file: bytes }, name)
      assert.equal(answer.statusCode, 200, answer.body)
    }
  })

  it('needs somebody who is logged in', async () => {
    const answer = await server.inject({ method: 'PATCH', url: '/api/users/avatar' })
    expectProblem(answer, 401, 'not_authenticated')
  })

  it('happens ten times a minute at most', async () => {
    await using limited = await startServer({ RATE_LIMITS: 'on' })
    const [ada, bob] = [await signUp(limited), await signUp(limited)]
    for (let count = 0; count < 10; count++) {
      expectRefused(await uploadPicture(ada, Buffer.from('no')), '/file')
    }
    const refused = await uploadPicture(ada)
    expectProblem(refused, 429, 'rate_limited')
    assert.ok(Number(refused.headers['retry-after']) >= 1)
    assert.equal((await uploadPicture(bob)).statusCode, 200)
  })
})

describe('an upload that is refused', () => {
  it('changes nothing', async () => {
    const ada = await signUp(server)
    const avatar: string = (await uploadPicture(ada)).json().avatar
    const files = await filesOf(server)
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    expectRefused(await uploadPicture(ada, svg), '/file')
    assert.equal(await avatarOf(ada), avatar)
    assert.deepEqual(await filesOf(server), files)
  })

  it('has no file of that name, or something else beside it', async () => {
    const ada = await signUp(server)
    const file = new Blob([new Uint8Array(await picture())])
    const forms = [
      {},
      { avatar: file },
      { file: 'text' },
      { file, other: 'text' },
      { file, other: file },
    ]
    for (const form of forms) {
      expectRefused(await upload(ada, form), '/file')
    }
  })

  it('is no form', async () => {
    const ada = await signUp(server)
    const types = [
      'application/json',
      'image/jpeg',
      'application/x-www-form-urlencoded',
      'multipart/mixed; boundary=x',
    ]
    for (const type of types) {
      const answer = await ada.patch('/api/users/avatar', '{}', { 'content-type': type })
      expectProblem(answer, 415, 'unsupported_media_type')
    }
    expectProblem(await ada.patch('/api/users/avatar'), 415, 'unsupported_media_type')
  })

  it('is too large', async () => {
    const ada = await signUp(server)
    expectRefused(await uploadPicture(ada, randomBytes(maxUploadSize)), '/file')
    expectProblem(await uploadPicture(ada, randomBytes(maxUploadSize + 1)), 413, 'too_large')
    const other = { other: new Blob([new Uint8Array(maxUploadSize + 1)]) }
    expectProblem(await upload(ada, other), 413, 'too_large')
  })

  it('is broken in one of many ways', async () => {
    const ada = await signUp(server)
    const unended = await uploadRaw(
      ada,
      Buffer.concat([Buffer.from(fileHeader), await picture()]),
      '',
    )
    expectProblem(unended, 400, 'malformed_multipart')
    const unbounded = await ada.patch('/api/users/avatar', '--x--', {
      'content-type': 'multipart/form-data',
    })
    expectProblem(unbounded, 400, 'malformed_multipart')

    const inner = [
      `${'x-long: y\r\n'.repeat(100_000)}${fileHeader}no`,
      `${fileHeader}no${`\r\n--x\r\n${fileHeader}no`.repeat(1_000)}`,
      'content-disposition: form-data; name="__proto__"; filename="me.jpg"\r\n\r\nno',
      'content-disposition: form-data; filename="me.jpg"\r\n\r\nno',
      'no header at all',
    ]
    for (const inside of inner) {
      const { statusCode, body } = await uploadRaw(ada, inside)
      assert.ok([400, 422].includes(statusCode), `${inside.slice(0, 80)}: ${body}`)
    }
  })
})

describe('the own avatar', () => {
  const mine = '/api/users/me/avatar'

  it('is read from this server, and again only when it is another one', async () => {
    const ada = await signUp(server)
    const avatar: string = (await uploadPicture(ada)).json().avatar
    const answer = await ada.get(mine)
    assert.equal(answer.statusCode, 200, answer.body)
    const { headers, rawPayload } = answer
    assert.equal(headers['content-type'], 'image/webp')
    assert.equal(headers['cache-control'], 'private, no-cache')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    const kept = await server.inject(new URL(avatar).pathname)
    assert.deepEqual(rawPayload, kept.rawPayload)

    const known = { 'if-none-match': String(headers['etag']) }
    const same = await ada.get(mine, known)
    assert.equal(same.statusCode, 304)
    assert.equal(same.headers['etag'], headers['etag'])
    await uploadPicture(ada, await picture('red'))
    assert.equal((await ada.get(mine, known)).statusCode, 200)
  })

  it('is nobody else’s, and not there when it is removed', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await uploadPicture(ada)
    expectProblem(await eve.get(mine), 404, 'not_found')
    await ada.delete('/api/users/avatar')
    expectProblem(await ada.get(mine), 404, 'not_found')
    expectProblem(await server.inject(mine), 401, 'not_authenticated')
  })
})

describe('removing an avatar', () => {
  it('leaves none, and none of its file', async () => {
    const ada = await signUp(server)
    const avatar: string = (await uploadPicture(ada)).json().avatar
    for (let time = 0; time < 2; time++) {
      assert.equal((await ada.delete('/api/users/avatar')).statusCode, 204)
      assert.equal(await avatarOf(ada), null)
    }
    await server.jobsDone()
    expectProblem(await server.inject(new URL(avatar).pathname), 404, 'not_found')
  })

  it('comes with removing the account', async () => {
    const ada = await signUp(server)
    const avatar: string = (await uploadPicture(ada)).json().avatar
    await ada.delete('/api/users/me', { password: ada.password })
    await server.jobsDone()
    assert.equal((await server.inject(new URL(avatar).pathname)).statusCode, 404)
  })
})

describe('the folder of avatars', () => {
  it('shows nothing but avatars', async () => {
    const names = [
      '',
      '..',
      '%2e%2e%2fsecret',
      '../secret',
      `${'a'.repeat(32)}.webp`,
      'A.webp',
      '%00.webp',
    ]
    for (const name of names) {
      const answer = await server.inject(`/media/avatars/${name}`)
      assert.ok([400, 404].includes(answer.statusCode), `${name}: ${answer.statusCode}`)
    }
  })
})
