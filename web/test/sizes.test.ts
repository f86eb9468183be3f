import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { requireBuild } from './app.ts'

type Chunk = { file: string; css?: string[]; imports?: string[]; isEntry?: boolean }

const { folder } = requireBuild()
const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>

/** In kilobytes of gzip: a page, with all that it loads before it shows anything. */
describe('the build stays within its budget', () => {
  for (const [entry, messages, budget] of [
    ['index.html', '../virtual:strings/en', 145],
    ['account.html', '../virtual:strings/en/account', 95],
  ] as const) {
    it(`${entry}: ${budget} kB of JavaScript and 12 kB of styles`, () => {
      const chunks = [...loadedBy(entry), ...loadedBy(messages)]
      within(budget, sizeOf(chunks.map(({ file }) => file)))
      within(12, sizeOf(chunks.flatMap(({ css = [] }) => css)))
    })
  }

  it('any later chunk: 50 kB', () => {
    const first = new Set([...loadedBy('index.html'), ...loadedBy('account.html')])
    for (const chunk of Object.values(manifest)) {
      if (!first.has(chunk) && chunk.file.endsWith('.js')) within(50, sizeOf([chunk.file]))
    }
  })

  it('the data worker: 12 kB', () => {
    const known = new Set(Object.values(manifest).map(({ file }) => file))
    const workers = readdirSync(join(folder, 'assets'))
      .filter((name) => /^main-.*\.js$/.test(name))
      .map((name) => `assets/${name}`)
      .filter((file) => !known.has(file))
    assert.equal(workers.length, 1)
    within(12, sizeOf(workers))
  })

  it('the service worker: 12 kB', () => within(12, sizeOf(['sw.js'])))
})

function loadedBy(name: string, seen = new Set<string>()): Chunk[] {
  const chunk = manifest[name]
  if (!chunk || seen.has(name)) return []
  seen.add(name)
  return [chunk, ...(chunk.imports ?? []).flatMap((one) => loadedBy(one, seen))]
}

const sizeOf = (files: string[]) =>
  [...new Set(files)].reduce((sum, file) => sum + statSync(join(folder, `${file}.gz`)).size, 0)

function within(kilobytes: number, octets: number) {
  assert.ok(octets <= kilobytes * 1000, `${(octets / 1000).toFixed(1)} kB of ${kilobytes}`)
}
