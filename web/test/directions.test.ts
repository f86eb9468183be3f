import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** From the bottom up: what is not a feature may import only from its own line and those above it. */
const layers = [
  ['device.ts', 'routes.ts', 'trusted-url.ts'],
  ['strings'],
  ['worker'],
  ['ui'],
  ['data'],
  ['commands'],
]
const features = layers.length

type File = { name: string; text: string; imports: string[] }

const files = await readFiles()

describe('the web app', () => {
  it('imports from the features down to what knows none', () => {
    const up = files.flatMap(({ name, imports }) =>
      imports
        .filter((to) => layerOf(name) < features && layerOf(to) > layerOf(name))
        .map((to) => `${name} imports ${to}`),
    )
    assert.deepEqual(up, [])
  })

  it('imports in no circle', () => {
    assert.deepEqual(circle(), [])
  })

  it('asks the server, and opens the database, in one place each', () => {
    assert.deepEqual(namesWith(/\bfetch\(/), ['account/api.ts', 'sw.ts', 'worker/api.ts'])
    assert.deepEqual(namesWith(/\bopenDB\b/), ['worker/database.ts'])
  })

  it('has a data worker that knows no document', () => {
    const names = namesWith(/\b(?:document|window)\./)
    assert.deepEqual(
      names.filter((name) => name.startsWith('worker/')),
      [],
    )
  })

  it('has styles that are the same from the right to the left', async () => {
    const side = /\b(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b/
    const place = /^\s*(?:left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:/m
    const text = /\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b/
    const css = await stylesheets('**/*.css')
    const physical = css.filter((file) =>
      [side, place, text].some((pattern) => pattern.test(withoutSafeAreas(file.text))),
    )
    assert.deepEqual(
      physical.map(({ name }) => name),
      [],
    )
  })

  it('names colours where the tokens are, and no style in its markup', async () => {
    const css = await stylesheets('**/*.module.css')
    const colour = /#[\da-f]{3,8}\b|\brgba?\(|\bhsl\(/i
    assert.deepEqual(
      css.filter(({ text }) => colour.test(text)).map(({ name }) => name),
      [],
    )
    assert.deepEqual(namesWith(/\bstyle=\{|dangerouslySetInnerHTML/), [])
  })
})

function stylesheets(pattern: string): Promise<{ name: string; text: string }[]> {
  return Array.fromAsync(glob(pattern, { cwd: src }), async (name) => {
    return { name, text: await readFile(join(src, name), 'utf8') }
  })
}

/** The edges of a screen have their sides whatever the direction. */
const withoutSafeAreas = (css: string) => css.replaceAll(/env\(safe-area-inset-\w+\)/g, '')

function namesWith(pattern: RegExp): string[] {
  return files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)
}

function layerOf(name: string): number {
  const [folder = ''] = name.split('/')
  const at = layers.findIndex((layer) => layer.includes(folder))
  return at < 0 ? features : at
}

/** The files of a circle; none where there is none. */
function circle(): string[] {
  const importsOf = new Map(files.map(({ name, imports }) => [name, imports]))
  const done = new Set<string>()
  const visit = (name: string, path: string[]): string[] => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (done.has(name)) return []
    for (const to of importsOf.get(name) ?? []) {
      const found = visit(to, [...path, name])
      if (found.length > 0) return found
    }
    done.add(name)
    return []
  }
  return files.map(({ name }) => visit(name, [])).find((found) => found.length > 0) ?? []
}

async function readFiles(): Promise<File[]> {
  const names = await Array.fromAsync(glob('**/*.{ts,tsx}', { cwd: src }))
  return Promise.all(
    names
      .filter((name) => !name.endsWith('.test.ts'))
      .sort()
      .map(async (name) => {
        const text = await readFile(join(src, name), 'utf8')
        return { name, text, imports: importsIn(name, text) }
      }),
  )
}

/** What a file imports of the app as it is loaded; what it loads later may lead back to it. */
function importsIn(name: string, text: string): string[] {
  return [...text.matchAll(/^(?:import|export) [^;']*?'(\.[^']+\.tsx?)'/gm)]
    .map(([, path = '']) => relative(src, join(src, dirname(name), path)))
    .filter((path) => !path.startsWith('..'))
}
