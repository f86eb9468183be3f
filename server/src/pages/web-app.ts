import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accountPaths, appPaths } from '../../../web/src/routes.ts'
import type { Config } from '../config.ts'
import { forWebApp } from '../http/security-headers.ts'

/** The two pages of the web app: the book, and all that is for who is not logged in. */
type Entry = 'index.html' | 'account.html'

/** The built web app; absent where nobody built it. */
export type WebApp = { folder: string }

/** Where `scripts/setup.mjs` and the Dockerfile build it. */
const builtFolder = fileURLToPath(new URL('../../../web/dist/', import.meta.url))

const schema = { hide: true }
// Their names have the hash of their content.
const forAYear = { immutable: true, maxAge: '365d' } as const
const asksAgain = { cacheControl: false, preCompressed: true }

export function findWebApp(folder = builtFolder): WebApp | null {
  return existsSync(`${folder}/index.html`) ? { folder } : null
}

/**
 * Serves the files of the web app, and its pages at the paths of `web/src/routes.ts`. Any other path stays
 * what it was. Register it behind the routes that have pages of their own at these paths, which show the
 * app by `webAppInstead`.
 */
export async function serveWebApp(
  app: FastifyInstance,
  { folder }: WebApp,
  { registration }: Pick<Config, 'registration'>,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: `${folder}/assets`,
    prefix: '/assets/',
    index: false,
    preCompressed: true,
    setHeaders: (reply) => void reply.headers(forWebApp),
    ...forAYear,
  })
  for (const name of filesBesidePages(folder)) {
    app.get(`/${name}`, { schema }, (_request, reply) => sendFile(reply, name, folder))
  }
  app.get('/pages/registration.json', { schema }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').send({ registration }),
  )
  for (const path of appPaths) showAt(app, path, 'index.html', folder)
  for (const path of accountPaths) showAt(app, path, 'account.html', folder)
}

/**
 * A hook that answers with the web app instead of the server's own page, which stays for browsers without
 * JavaScript (`?plain`) and for servers without the app.
 */
export function webAppInstead(webApp: WebApp | null, entry: Entry) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (webApp === null || Object.hasOwn(request.query as object, 'plain')) return done()
    sendFile(reply, entry, webApp.folder)
  }
}

function showAt(app: FastifyInstance, path: string, entry: Entry, folder: string) {
  if (app.hasRoute({ method: 'GET', url: path })) return
  app.get(path, { schema }, (request, reply) =>
    namesFile(request) ? reply.callNotFound() : sendFile(reply, entry, folder),
  )
}

/** Whether the path ends as that of a file does: a page would be no answer to who wants a picture. */
function namesFile({ url }: FastifyRequest): boolean {
  const [path = ''] = url.split('?', 1)
  return /\.[a-z\d]{1,11}\/?$/i.test(path)
}

function sendFile(reply: FastifyReply, name: string, folder: string): FastifyReply {
  return reply
    .headers(forWebApp)
    .header('cache-control', 'no-cache')
    .sendFile(name, folder, asksAgain)
}

/** The service worker, the manifest, icons: what has an address for good. */
function filesBesidePages(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  const names = files.map(({ name }) => name)
  return names.filter((name) => !name.startsWith('.') && !/\.(?:html|br|gz)$/.test(name))
}
