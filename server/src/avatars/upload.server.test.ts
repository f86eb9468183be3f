import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { after, describe, it } from 'node:test'
import { logIn, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { maxUploadSize } from './upload.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
const authorization = `Bearer ${ada.tokens.access_token}`

const header = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
const megabyte = Buffer.alloc(1024 * 1024, 'a')

function startUpload() {
  const request = httpRequest(`${server.url}/api/users/avatar`, {
    method: 'PATCH',
    headers: { authorization, 'content-type': 'multipart/form-data; boundary=x' },
  })
  request.on('error', () => {})
  const closed = new Promise((resolve) => request.on('close', resolve))
  request.write(header)
  return { request, closed }
}

describe('an upload over the network', () => {
  it('that is too large is answered, not cut off', async () => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(maxUploadSize + 3_000_000)]), 'me.jpg')
    const init = { method: 'PATCH', headers: { authorization }, body: form }
    const answer = await fetch(`${server.url}/api/users/avatar`, init)
    assert.equal(answer.status, 413)
    assert.match(await answer.text(), /"code":"too_large"/)
  })

  it('that never ends is answered at the limit, and then the server hangs up', async () => {
    const { request, closed } = startUpload()
    const sending = setInterval(() => request.write(megabyte), 20)
    const [response] = await once(request, 'response')
    assert.equal(response.statusCode, 413)

    response.on('error', () => {}).resume()
    await closed
    clearInterval(sending)
  })

  it('that breaks off does no harm', async () => {
    const { request, closed } = startUpload()
    await new Promise((resolve) => request.write(megabyte, resolve))
    request.destroy()
    await closed
    assert.equal((await logIn(server, ada)).email, ada.email)
    assert.equal((await ada.get('/api/users/me')).json().avatar, null)
  })
})
