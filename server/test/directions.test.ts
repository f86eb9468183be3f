import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** The folders from the bottom up: each may import only from itself and from those above its line. */
const layers = [
  ['book', 'design'],
  ['cache', 'charset', 'db'],
  ['http', 'jobs', 'mail', 'vcard', 'csv', 'limits'],
  ['health', 'pages'],
  ['accounts'],
  ['avatars', 'contacts/store'],
  ['contacts'],
  ['birthdays', 'labels', 'photos', 'preferences'],
  ['merges'],
  ['history', 'trash', 'imports'],
  ['exports'],
  ['changes', 'calendar'],
  ['duplicates', 'batch'],
  ['dav'],
  ['backup', 'samples'],
  ['operator'],
]

/** Files of the root that any folder may import; the other ones put the folders together. */
const foundation = new Set([
  'config',
  'doubtful-settings',
  'env-file',
  'error-codes',
  'errors',
  'hosts',
  'html',
  'log',
  'metrics',
  'nearest',
  'operator-error',
  'pace',
  'read-ahead',
  'secret',
  'short-path',
  'utf-16',
])
/** The composition root, of which folders above `db` may import the type. */
const compositionRoot = 'services.ts'

type Import = { from: string; to: string }

const imports = await readImports()

describe('imports, those of types among them', () => {
  it('run in no circle', () => {
    assert.deepEqual(circles(imports), [])
  })

  it('point from a folder to those below it', () => {
    assert.deepEqual(imports.filter(pointsUp), [])
  })

  it('of what a contact is stay in its own folder', () => {
    const others = imports.filter(({ from, to }) => isIn('book', from) && !isIn('book', to))
    assert.deepEqual(others, [])
  })

  it('are known for every folder', () => {
    const folders = new Set(imports.map(({ from }) => from.split('/')[0] ?? ''))
    const unknown = [...folders].filter((name) => !name.endsWith('.ts') && layerOf(`${name}/`) < 0)
    assert.deepEqual(unknown, [])
  })
})

function pointsUp({ from, to }: Import): boolean {
  // Files of the root may import anything.
  if (!from.includes('/')) return false
  if (!to.includes('/')) return !isFoundation(to) && to !== compositionRoot
  const [own, other] = [folderOf(from), folderOf(to)]
  return own !== other && layerOf(from) <= layerOf(to)
}

function isFoundation(file: string): boolean {
  return foundation.has(file.replace(/\.ts$/, ''))
}

/** The longest name in the table that a file lies below. */
function folderOf(file: string): string {
  const names = layers.flat().filter((name) => isIn(name, file))
  return names.sort((a, b) => b.length - a.length)[0] ?? ''
}

function layerOf(file: string): number {
  const folder = folderOf(file)
  return layers.findIndex((names) => names.includes(folder))
}

function isIn(folder: string, file: string): boolean {
  return file.startsWith(`${folder}/`)
}

async function readImports(): Promise<Import[]> {
  const found: Import[] = []
  for await (const from of glob('**/*.ts', { cwd: src })) {
    if (from.endsWith('.test.ts')) continue
    const text = await readFile(join(src, from), 'utf8')
    for (const [, target = ''] of text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'(\.[^']+)'/gm)) {
      found.push({ from, to: relative(src, join(src, dirname(from), target)) })
    }
  }
  return found
}

/** Each circle as the files on it, found once. */
function circles(edges: Import[]): string[][] {
  const targets = Map.groupBy(edges, ({ from }) => from)
  const finished = new Set<string>()
  const found: string[][] = []
  const visit = (file: string, path: string[]) => {
    const at = path.indexOf(file)
    if (at >= 0) found.push([...path.slice(at), file])
    if (at >= 0 || finished.has(file)) return
    for (const { to } of targets.get(file) ?? []) visit(to, [...path, file])
    finished.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return found
}
