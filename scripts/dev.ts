// `npm run dev`: Vite at the address of the server, where each edit of the web app shows at once, and behind
// it the server, which starts anew with each edit of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { readConfig } from '../server/src/config.ts'
import { loadEnvFile } from '../server/src/env-file.ts'

loadEnvFile()
/** What the server answers while Vite has the pages of the web app. */
const passedOn =
  '^/(api|\\.well-known|dav|docs|keep-email|livez|media|metrics|openapi|pages|readyz)'

const { host, port, publicUrl } = readConfig()
const backPort = port + 1

const server = spawn(process.execPath, ['--watch', 'server/src/main.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(backPort),
    PUBLIC_URL: publicUrl.href,
  },
})
const vite = await createServer({
  root: fileURLToPath(new URL('../web', import.meta.url)),
  server: { host, port, strictPort: true, proxy: { [passedOn]: `http://127.0.0.1:${backPort}` } },
})
await vite.listen()
await once(server, 'exit')
await vite.close()
