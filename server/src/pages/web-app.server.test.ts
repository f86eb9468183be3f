import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { compressFolder } from '../../../web/build/compress.ts'
import { accountPaths, appPaths } from '../../../web/src/routes.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { forWebApp } from '../http/security-headers.ts'
import { findWebApp } from './web-app.ts'

const script = `${'console.log("an app");'.repeat(100)}\n`
const folder = await buildSmallApp()
const webApp = findWebApp(folder)
const server = await startServer({}, { webApp })
after(() => server[Symbol.asyncDispose]())

describe('the pages of the web app', () => {
  it('are shown at its addresses, asked for again each time', async () => {
    for (const [paths, title] of [
      [appPaths, 'the app'],
      [accountPaths, 'the account'],
    ] as const) {
      for (const path of paths) {
        const url = path.replace(/:\w+/g, '01a20497-405b-7167-a9e2-939dbd06ad08')
        const { statusCode, headers, body } = await server.inject(url)
        assert.equal(statusCode, 200, url)
        assert.match(body, new RegExp(`<title>${title}</title>`), url)
        assert.equal(headers['cache-control'], 'no-cache')
        assert.equal(headers['content-security-policy'], forWebApp['content-security-policy'])
        assert.match(String(headers['content-type']), /^text\/html; charset=utf-8/)
        const again = await server.inject({ url, headers: { 'if-none-match': headers.etag } })
        assert.equal(again.statusCode, 304)
      }
    }
  })

  it('are shown for links of mails in all the forms that mail programs give them', async () => {
    const token = 'p5tRj64nEGwrvA8IrDdI72SHy8l7--axwFO_F-yjclI'
    for (const page of ['/confirm', '/reset-password', '/signup']) {
      for (const form of [`/${token}`, `?token=${token}`, `%23token=${token}`, `/${token}.`]) {
        const { statusCode, body } = await server.inject(page + form)
        assert.equal(statusCode, 200)
        assert.match(body, /the account/, page + form)
      }
    }
  })

  it('say in a browser that there is nothing at an address, and to programs as everywhere', async () => {
    const byBrowser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
    for (const url of ['/nothing', '/settings/nothing', '/c/nobody/nothing']) {
      const page = await server.inject({ url, headers: byBrowser })
      assert.equal(page.statusCode, 404, url)
      assert.match(String(page.headers['content-type']), /^text\/html/)
      assert.match(page.body, /There is nothing at this path\./)
      expectProblem(await server.inject(url), 404, 'not_found')
    }
    const call = await server.inject({ url: '/api/nothing', headers: byBrowser })
    expectProblem(call, 404, 'not_found')
  })

  it('leave the pages of the server to browsers without JavaScript', async () => {
    for (const path of ['/', '/signup', '/confirm', '/reset-password']) {
      const { statusCode, body } = await server.inject(`${path}?plain`)
      assert.equal(statusCode, 200)
      assert.match(body, /<link rel="stylesheet" href="\/pages\/kith\.css/)
    }
    const answer = await server.inject('/reset-password/no-token?plain')
    assert.equal(answer.statusCode, 400)
  })

  it('are at no other path, at none of a file, and at none of the API', async () => {
    for (const url of [
      '/nothing',
      '/c',
      '/c/photo.jpg',
      '/label/a.css',
      '/c/01a20497-405b-7167-a9e2-939dbd06ad08/other',
      '/settings/nothing',
      '/assets/nothing.js',
      '/assets/',
      '/assets/..%2findex.html',
      '/index.html.br',
      '/.sources',
      '/.vite/manifest.json',
      '/api/nothing',
      '/.well-known/nothing',
      '/docs/nothing',
      '/media/nothing',
      '/dav/nothing',
    ]) {
      const { statusCode, body } = await server.inject(url)
      // Below `/dav/` nobody hears what is there without a password.
      assert.ok([401, 403, 404].includes(statusCode), `${url}: ${statusCode}`)
      assert.doesNotMatch(body, /<title>the /, url)
    }
  })

  it('are read, not written', async () => {
    const { statusCode, headers } = await server.inject({ method: 'POST', url: '/c/1' })
    assert.equal(statusCode, 405)
    assert.equal(headers['allow'], 'GET, HEAD, OPTIONS')
  })
})

describe('the files of the web app', () => {
  it('are kept for good when their names have a hash, compressed as the browser likes', async () => {
    const codings = {
      br: brotliDecompressSync,
      gzip: gunzipSync,
      identity: (content: Buffer) => content,
    }
    for (const [accepted, read] of Object.entries(codings)) {
      const { statusCode, headers, rawPayload } = await server.inject({
        url: '/assets/app-1a2b3c4d.js',
        headers: { 'accept-encoding': accepted },
      })
      assert.equal(statusCode, 200)
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
      assert.equal(headers['content-encoding'] ?? 'identity', accepted)
      assert.match(String(headers['content-type']), /^(?:text|application)\/javascript/)
      assert.match(String(headers['vary']), /Accept-Encoding/i)
      assert.equal(read(rawPayload).toString(), script)
    }
  })

  it('are asked for again when they have an address for good', async () => {
    const { statusCode, headers } = await server.inject('/sw.js')
    assert.equal(statusCode, 200)
    assert.equal(headers['cache-control'], 'no-cache')
    assert.match(String(headers.etag), /"/)
    const manifest = await server.inject('/manifest.webmanifest')
    assert.match(String(manifest.headers['content-type']), /^application\/manifest\+json/)
  })
})

it('the signed-out pages can ask who may sign up', async () => {
  const { headers } = await server.inject('/pages/registration.json')
  assert.equal(headers['cache-control'], 'no-cache')
  for (const registration of ['open', 'invite', 'closed']) {
    await using other = await startServer({ REGISTRATION: registration }, { webApp })
    const answer = await other.inject('/pages/registration.json')
    assert.deepEqual(answer.json(), { registration })
  }
})

describe('without a web app', () => {
  it('the server says so, and has its own pages', async () => {
    await using plain = await startServer()
    assert.match((await plain.inject('/')).body, /The web app is not built on this server/)
    assert.equal((await plain.inject('/signup')).statusCode, 200)
    assert.equal((await plain.inject('/login')).statusCode, 404)
    assert.equal(findWebApp(join(folder, 'assets')), null)
  })
})

it('the policy allows the style of dialogs on iOS as the library writes it', async () => {
  const entry = createRequire(import.meta.url).resolve('react-aria/package.json')
  const file = join(dirname(entry), 'dist/private/overlays/usePreventScroll.mjs')
  const [, style] =
    /style\.textContent = `([^`]+)`\.trim\(\)/.exec(await readFile(file, 'utf8')) ?? []
  assert.ok(style, 'usePreventScroll writes no style any more')
  const hash = createHash('sha256').update(style.trim()).digest('base64')
  assert.ok(forWebApp['content-security-policy'].includes(`'sha256-${hash}'`), hash)
})

async function buildSmallApp(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'web-app-'))
  await mkdir(join(folder, 'assets'))
  await mkdir(join(folder, '.vite'))
  for (const [name, content] of Object.entries({
    'index.html': '<!doctype html><title>the app</title>',
    'account.html': '<!doctype html><title>the account</title>',
    'sw.js': 'self.skipWaiting()',
    'manifest.webmanifest': '{}',
    '.sources': 'a hash',
    '.vite/manifest.json': '{}',
    'assets/app-1a2b3c4d.js': script,
  })) {
    await writeFile(join(folder, name), content)
  }
  await compressFolder(folder)
  return folder
}
