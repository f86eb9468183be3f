import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

export type TestCloudinary = AsyncDisposable & {
  /** For `CLOUDINARY_URL`. */
  url: string
  /** The stored pictures, by public id. */
  pictures: Map<string, Buffer>
  /** The fields of each request it accepted. */
  requests: Record<string, string>[]
  /** How many connections are open. */
  connections(): Promise<number>
  /** While set, answers in place of the usual code, to simulate failures. */
  answer: Answer | null
  /** While set, does what is asked but hangs up without an answer. */
  isMute: boolean
}

const json = { 'content-type': 'application/json' }
const [key, secret, cloud] = ['874837483274837', 'a-b_cd1234secret', 'demo']

/** Does what Cloudinary documents for uploading, delivering and destroying one image, signatures included. */
export async function startCloudinary(): Promise<TestCloudinary> {
  const pictures: TestCloudinary['pictures'] = new Map()
  const requests: TestCloudinary['requests'] = []
  const server = createServer((request, response) => {
    if (cloudinary.answer) cloudinary.answer(request, response)
    else void serve(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function deliver(path: string, response: ServerResponse) {
    const [, id = ''] = new RegExp(`^/${cloud}/image/upload/v\\d+/(.*)\\.webp$`).exec(path) ?? []
    const picture = pictures.get(id)
    if (picture) response.writeHead(200, { 'content-type': 'image/webp' }).end(picture)
    else response.writeHead(404).end()
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    if (request.method === 'GET') return deliver(request.url ?? '', response)
    const { fields, file } = await readForm(request)
    const send = (status: number, body: object) => {
      if (cloudinary.isMute) request.socket.destroy()
      else response.writeHead(status, json).end(JSON.stringify(body))
    }
    const refuse = (message: string) => send(401, { error: { message } })

    if (fields['api_key'] !== key) return refuse('Invalid api_key')
    if (fields['signature'] !== signatureOf(fields)) return refuse('Invalid Signature')
    const ageSeconds = Date.now() / 1000 - Number(fields['timestamp'])
    if (Math.abs(ageSeconds) > 3_600) return refuse('Stale request')

    requests.push(fields)
    const id = fields['public_id'] ?? ''
    switch (`${request.method} ${request.url}`) {
      case `POST /v1_1/${cloud}/image/upload`: {
        pictures.set(id, file)
        const path = `/${cloud}/image/upload/v${fields['timestamp']}/${id}.webp`
        return send(200, {
          public_id: id,
          secure_url: origin.replace('http', 'https') + path,
          url: origin + path,
        })
      }
      case `POST /v1_1/${cloud}/image/destroy`:
        return send(200, { result: pictures.delete(id) ? 'ok' : 'not found' })
      default:
        return send(404, { error: { message: 'Unknown path' } })
    }
  }

  const cloudinary: TestCloudinary = {
    url: `cloudinary://${key}:${secret}@${cloud}?upload_prefix=${origin}`,
    pictures,
    requests,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    answer: null,
    isMute: false,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return cloudinary
}

/**
 * https://cloudinary.com/documentation/authentication_signatures: all parameters but these, sorted
 * by name and joined as in a query, then the secret; of that the SHA-1.
 */
function signatureOf(fields: Record<string, string>): string {
  const unsigned = new Set(['file', 'cloud_name', 'resource_type', 'api_key', 'signature'])
  const signed = Object.keys(fields)
    .filter((name) => !unsigned.has(name))
    .sort()
    .map((name) => `${name}=${fields[name]}`)
  return createHash('sha1')
    .update(signed.join('&') + secret)
    .digest('hex')
}

async function readForm(request: IncomingMessage) {
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const form = await new Response(await buffer(request), { headers }).formData()
  const fields: Record<string, string> = {}
  let file = Buffer.alloc(0)
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value
    else file = Buffer.from(await value.arrayBuffer())
  }
  return { fields, file }
}
