import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { avatarOf, uploadPicture } from '../../test/avatars.ts'
import { startCloudinary } from '../../test/cloudinary.ts'
import { signUp } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'

const mine = '/api/users/me/avatar'

// Concurrent, since they mostly wait for what does not answer.
describe('avatars at Cloudinary', { concurrency: true }, () => {
  it('stand there under an address of theirs, and are removed there', async () => {
    await using cloudinary = await startCloudinary()
    await using server = await startServer({ CLOUDINARY_URL: cloudinary.url })
    const ada = await signUp(server)
    const answer = await uploadPicture(ada)
    assert.equal(answer.statusCode, 200, answer.body)
    assert.match(answer.json().avatar, /^https:\/\/127\.0\.0\.1:\d+\/demo\/image\/upload\/v/)
    await uploadPicture(ada)
    await server.jobsDone()
    assert.equal(cloudinary.pictures.size, 1)
    await ada.delete('/api/users/avatar')
    await server.jobsDone()
    assert.equal(cloudinary.pictures.size, 0)
  })

  it('stay as they are while it fails, and the caller gets an error', async () => {
    await using cloudinary = await startCloudinary()
    await using server = await startServer({ CLOUDINARY_URL: cloudinary.url })
    const ada = await signUp(server)
    const { avatar } = (await uploadPicture(ada)).json()

    cloudinary.answer = (_request, response) => response.writeHead(500).end('{"error":{}}')
    expectProblem(await uploadPicture(ada), 502, 'avatar_storage_failed')
    cloudinary.answer = (_request, response) => response.writeHead(200).end('It works!')
    expectProblem(await uploadPicture(ada), 502, 'avatar_storage_failed')
    cloudinary.answer = () => {}
    expectProblem(await uploadPicture(ada), 504, 'avatar_storage_silent')

    assert.equal(await avatarOf(ada), avatar)
    cloudinary.answer = null
    assert.equal(cloudinary.pictures.size, 1)
    assert.equal((await uploadPicture(ada)).statusCode, 200)
  })

  it('are read through this server, from there alone', async () => {
    await using cloudinary = await startCloudinary()
    await using server = await startServer({ CLOUDINARY_URL: cloudinary.url })
    const ada = await signUp(server)
    await uploadPicture(ada)
    const [stored] = cloudinary.pictures.values()
    const answer = await ada.get(mine)
    assert.equal(answer.statusCode, 200, answer.body)
    assert.equal(answer.headers['content-type'], 'image/webp')
    assert.deepEqual(answer.rawPayload, stored)

    const other = 'https://127.0.0.1:1/demo/image/upload/v1/a.webp'
    cloudinary.answer = (_request, response) => response.writeHead(302, { location: other }).end()
    expectProblem(await ada.get(mine), 502, 'avatar_storage_failed')
    cloudinary.answer = (_request, response) => response.end('<script>')
    expectProblem(await ada.get(mine), 502, 'avatar_storage_failed')
    cloudinary.answer = (_request, response) => response.end(Buffer.alloc(2 ** 21, stored))
    expectProblem(await ada.get(mine), 502, 'avatar_storage_failed')
    cloudinary.answer = () => {}
    expectProblem(await ada.get(mine), 504, 'avatar_storage_silent')
    // What it has already is no question for Cloudinary.
    const etag = String(answer.headers['etag'])
    assert.equal((await ada.get(mine, { 'if-none-match': etag })).statusCode, 304)
    cloudinary.answer = null
    cloudinary.pictures.clear()
    expectProblem(await ada.get(mine), 404, 'not_found')
  })

  it('are removed again when it stored them without answering', async () => {
    await using cloudinary = await startCloudinary()
    await using server = await startServer({ CLOUDINARY_URL: cloudinary.url })
    const ada = await signUp(server)
    cloudinary.isMute = true
    expectProblem(await uploadPicture(ada), 502, 'avatar_storage_failed')
    assert.equal(cloudinary.pictures.size, 1)
    cloudinary.isMute = false
    await until('the picture to go', () => cloudinary.pictures.size === 0)
  })
})
