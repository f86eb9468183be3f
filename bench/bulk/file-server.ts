// The bare stack to compare exports with: a Fastify route that streams a file which is there already.
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'

const folder = process.env['FILES'] ?? ''
const app = Fastify()

app.get('/ready', () => 'ok')

app.get<{ Params: { name: string } }>('/files/:name', (request, reply) =>
  reply.type('text/plain').send(createReadStream(join(folder, request.params.name))),
)

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.on('SIGTERM', () => void app.close())
