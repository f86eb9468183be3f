import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

// What people wait for, in octets as the gzip beside each file has it.
const kB = 1_024
const budgets = {
  firstPage: 145 * kB,
  signedOutPage: 95 * kB,
  laterChunk: 50 * kB,
  styles: 12 * kB,
  serviceWorker: 12 * kB,
}

type Chunk = { file: string; imports?: string[]; css?: string[] }
type Manifest = Record<string, Chunk>

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8')) as Manifest
const english = '../virtual:strings/en'

describe('the built web app stays small:', () => {
  it('its first page', () => requireBelow(scriptsOf('index.html', english), budgets.firstPage))

  it('its signed-out page', () => requireBelow(scriptsOf('account.html'), budgets.signedOutPage))

  it('each later chunk', () => {
    const first = new Set(scriptsOf('index.html', 'account.html', english))
    const later = Object.values(manifest)
      .map(({ file }) => file)
      .filter((file) => file.endsWith('.js') && !first.has(file))
    for (const file of later) requireBelow([file], budgets.laterChunk)
  })

  it('the styles of its first page', () =>
    requireBelow(
      filesOf('index.html', ({ css = [] }) => css),
      budgets.styles,
    ))

  it('its service worker', () => requireBelow(['sw.js'], budgets.serviceWorker))

  it('and leaves no file without its gzip', () => {
    const scripts = readdirSync(`${dist}assets`).filter((file) => /\.(js|css)$/.test(file))
    assert.ok(scripts.length > 5)
    for (const file of scripts) assert.ok(octetsOf(`assets/${file}`) > 0, file)
  })
})

function requireBelow(files: string[], budget: number) {
  const octets = files.map((file) => octetsOf(file)).reduce((sum, each) => sum + each, 0)
  assert.ok(octets <= budget, `${octets} octets of ${budget}: ${files.join(', ')}`)
}

/** The scripts that a page or chunk needs before it runs. */
function scriptsOf(...names: string[]): string[] {
  const files = names.flatMap((name) => filesOf(name, ({ file }) => [file]))
  return [...new Set(files)].filter((file) => file.endsWith('.js'))
}

function filesOf(name: string, select: (chunk: Chunk) => string[]): string[] {
  const found = new Set<string>()
  const seen = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk || seen.has(name)) return
    seen.add(name)
    for (const file of select(chunk)) found.add(file)
    for (const next of chunk.imports ?? []) visit(next)
  }
  visit(name)
  return [...found]
}

function octetsOf(file: string): number {
  return statSync(`${dist}${file}.gz`).size
}
