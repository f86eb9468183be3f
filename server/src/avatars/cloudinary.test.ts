import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { after, beforeEach, describe, it } from 'node:test'
import { startCloudinary } from '../../test/cloudinary.ts'
import { until } from '../../test/until.ts'
import type { ErrorKind } from '../error-codes.ts'
import { AppError } from '../errors.ts'
import { cloudinaryStorage, deliveryUrl } from './cloudinary.ts'
import { newAvatarKey } from './storage.ts'

const picture = Buffer.from('a picture')
const cloudinary = await startCloudinary()
const storage = await cloudinaryStorage(cloudinary.url)
after(() => cloudinary[Symbol.asyncDispose]())
beforeEach(() => {
  cloudinary.answer = null
})

/** Asserts that every call fails with this code, in our words, and closes its connection. */
async function assertFails(kind: ErrorKind, by = storage) {
  for (const call of [() => by.put(newAvatarKey(), picture), () => by.remove(newAvatarKey())]) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof AppError)
      assert.equal(error.kind, kind)
      assert.match(
        error.message,
        /^The picture could not be stored( in time)?\. Try again later\.$/,
      )
      return true
    })
  }
  await until('all connections to close', async () => (await cloudinary.connections()) === 0)
}

describe('an upload to Cloudinary', () => {
  it('is signed, never guessable, and drops older copies', async () => {
    const key = newAvatarKey()
    const address = await storage.put(key, picture)
    const { public_id, overwrite, invalidate } = cloudinary.requests.at(-1) ?? {}

    assert.match(
      address,
      new RegExp(`^https://127.0.0.1:\\d+/demo/image/upload/v\\d+/kith/avatars/${key}.webp$`),
    )
    assert.deepEqual([public_id, overwrite, invalidate], [`kith/avatars/${key}`, '1', '1'])
  })

  it('is refused when the secret is not the account’s', async () => {
    const stranger = await cloudinaryStorage(cloudinary.url.replace('secret', 'other'))
    await assert.rejects(stranger.put(newAvatarKey(), picture), (error) => {
      assert.ok(error instanceof AppError)
      assert.equal(error.kind, 'upstream_failed')
      assert.doesNotMatch(error.message, /Signature|other|secret/)
      return true
    })
  })

  it('does without a secure address only on a plain test server', async () => {
    const address = 'http://127.0.0.1:9/picture.webp'
    cloudinary.answer = (_request, response) => response.end(JSON.stringify({ url: address }))
    assert.equal(await storage.put(newAvatarKey(), picture), address)
  })
})

describe('a Cloudinary in trouble', () => {
  for (const status of [400, 401, 404, 420, 429, 500, 502, 503]) {
    it(`that answers ${status} is a failure`, async () => {
      cloudinary.answer = (_request, response) =>
        response.writeHead(status).end(JSON.stringify({ error: { message: 'Out of order' } }))
      await assertFails('upstream_failed')
    })
  }

  const nonsense = [
    '',
    '<html>It works!</html>',
    'null',
    '7',
    '[]',
    '{}',
    '{"error":"yes"}',
    '{"secure_url":7,"result":7}',
    '{"secure_url":"javascript:alert(1)","url":"/relative","result":"maybe"}',
  ]
  for (const body of nonsense) {
    it(`that answers ${body || 'nothing'} is a failure`, async () => {
      cloudinary.answer = (_request, response) => response.end(body)
      await assertFails('upstream_failed')
    })
  }

  it('that hangs up is a failure', async () => {
    cloudinary.answer = (request) => request.socket.destroy()
    await assertFails('upstream_failed')
  })

  it('that hangs up in the middle of its answer is a failure', async () => {
    cloudinary.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"secure')
      response.socket?.end()
    }
    await assertFails('upstream_failed')
  })

  it('that is not there is a failure', async () => {
    const gone = await startCloudinary()
    const storage = await cloudinaryStorage(gone.url)
    await gone[Symbol.asyncDispose]()
    await assert.rejects(storage.put(newAvatarKey(), picture), { kind: 'upstream_failed' })
  })

  it('that says nothing is given up in time', async () => {
    cloudinary.answer = () => {}
    await assertFails('upstream_silent', await cloudinaryStorage(cloudinary.url, 400))
  })

  it('that begins an answer and says no more is given up in time', async () => {
    cloudinary.answer = (_request, response) => response.writeHead(200).flushHeaders()
    await assertFails('upstream_silent', await cloudinaryStorage(cloudinary.url, 400))
  })

  it('that says it failed need not say why', async () => {
    cloudinary.answer = (_request, response) => response.writeHead(503).flushHeaders()
    await assertFails('upstream_failed')
  })

  it('that sends a byte now and then is given up in time', async () => {
    cloudinary.answer = (_request, response) => drip(response)
    await assertFails('upstream_silent', await cloudinaryStorage(cloudinary.url, 400))
  })
})

function drip(response: ServerResponse) {
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}

describe('the address of a picture at Cloudinary', () => {
  const account = 'cloudinary://key:secret@demo'
  const path = 'image/upload/v1/kith/avatars/a.webp'

  it('is the account’s own', () => {
    for (const own of [
      `https://res.cloudinary.com/demo/${path}`,
      `https://demo-res.cloudinary.com/${path}`,
    ]) {
      assert.equal(deliveryUrl(account, own)?.href, own)
    }
    const elsewhere = `${account}?upload_prefix=http://127.0.0.1:8080`
    const url = deliveryUrl(elsewhere, `https://127.0.0.1:8080/demo/${path}`)
    assert.equal(url?.href, `http://127.0.0.1:8080/demo/${path}`)
  })

  it('is no other host’s or account’s', () => {
    for (const other of [
      `http://res.cloudinary.com/demo/${path}`,
      `https://res.cloudinary.com/other/${path}`,
      `https://res.cloudinary.com/demo/../other/${path}`,
      `https://res.cloudinary.com:8443/demo/${path}`,
      `https://res.cloudinary.com.evil.example/demo/${path}`,
      `https://res.cloudinary.com@evil.example/demo/${path}`,
      `https://other-res.cloudinary.com/${path}`,
      'https://res.cloudinary.com/demo/image/fetch/http://evil.example/a.webp',
      `https://127.0.0.1/demo/${path}`,
      `//res.cloudinary.com/demo/${path}`,
      '',
    ]) {
      assert.equal(deliveryUrl(account, other), undefined, other)
    }
  })
})
