// Serves the files of this folder to this machine alone, on the port named by the first argument.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const files = new Map([
  ['/', { name: 'index.html', type: 'text/html; charset=utf-8' }],
  ['/demo.js', { name: 'demo.js', type: 'text/javascript; charset=utf-8' }],
  ['/demo.css', { name: 'demo.css', type: 'text/css; charset=utf-8' }],
])
const headers = {
  'cache-control': 'no-store',
  // The page may ask any API, and loads nothing from anybody else.
  'content-security-policy': "default-src 'self'; img-src data:; connect-src http: https:",
}
const port = Number(process.argv[2])

const server = createServer(async (request, response) => {
  const [path] = request.url.split('?')
  const file = files.get(path)
  if (!file) return response.writeHead(404).end('Not found')
  const content = await readFile(new URL(file.name, import.meta.url))
  return response.writeHead(200, { ...headers, 'content-type': file.type }).end(content)
})

server.on('error', (error) => {
  const isTaken = error.code === 'EADDRINUSE'
  console.error(isTaken ? `Port ${port} is in use by another program.` : error.message)
  process.exitCode = 1
})

server.listen(port, '127.0.0.1', () => {
  console.log(`Open http://localhost:${port} in a browser. Ctrl+C ends it.`)
})
