import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { OperatorError } from '../operator-error.ts'
import {
  manifestFile,
  parseManifest,
  partsOf,
  secretFile,
  type Manifest,
  type Part,
} from './manifest.ts'
import type { Report } from './report.ts'

export type Backup = AsyncDisposable & {
  manifest: Manifest
  /** The signing keys, as SECRET_KEY spells them. */
  secret: string
  /** The lines of a part, one by one. @throws OperatorError when they are not what was written */
  lines(part: Part): AsyncGenerator<string>
  /** Reads everything. @throws OperatorError when anything is not as it was written */
  check(report: Report): Promise<void>
}

/** @throws OperatorError when it cannot be read, is no backup, or is one of a newer Kith */
export async function openBackup(file: string): Promise<Backup> {
  await using stack = new AsyncDisposableStack()
  const zip = await openZip(file)
  stack.defer(() => zip.close())
  const entries = await listEntries(zip, file)
  const find = (name: string) => entries.get(name) ?? refuseDamaged(file, `${name} is missing`)
  const readWhole = async (name: string) => {
    const entry = find(name)
    try {
      return await text(await zip.openReadStreamPromise(entry))
    } catch {
      return refuseDamaged(file, `${name} cannot be read`)
    }
  }

  if (!entries.has(manifestFile)) throw new OperatorError(`${file} is not a backup of Kith.`)
  const manifest = parseManifest(await readWhole(manifestFile), file)
  const secret = (await readWhole(secretFile)).trim()

  async function* lines(part: Part): AsyncGenerator<string> {
    const hash = createHash('sha256')
    let count = 0
    try {
      for await (const line of splitLines(await zip.openReadStreamPromise(find(part.file)))) {
        hash.update(`${line}\n`)
        count++
        yield line
      }
    } catch {
      throw damaged(file, `${part.file} cannot be read`)
    }
    if (count !== part.lines || hash.digest('hex') !== part.sha256) {
      throw damaged(file, `${part.file} is not what was written`)
    }
  }

  const resources = stack.move()
  return {
    manifest,
    secret,
    lines,
    async check(report) {
      const parts = partsOf(manifest)
      const total = parts.reduce((sum, part) => sum + part.lines, 0)
      let done = 0
      for (const part of parts) {
        for await (const _ of lines(part)) report('Checking the backup', ++done, total)
      }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { autoClose: false, lazyEntries: true })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new OperatorError(`There is no file ${file}.`)
    if (code !== undefined) throw new OperatorError(`${file} cannot be read: ${message}.`)
    throw new OperatorError(`${file} is not a backup of Kith, or a part of it is missing.`)
  }
}

async function listEntries(zip: ZipFile, file: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  } catch {
    refuseDamaged(file, 'its list of files cannot be read')
  }
  return entries
}

/** Only a line feed ends a line: JSON may hold the other characters that end one. */
async function* splitLines(stream: Readable): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
    let start = 0
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      yield rest + chunk.slice(start, end)
      rest = ''
      start = end + 1
    }
    rest += chunk.slice(start)
  }
  if (rest !== '') yield rest
}

function damaged(file: string, what: string): OperatorError {
  return new OperatorError(`${file} is damaged: ${what}.`)
}

function refuseDamaged(file: string, what: string): never {
  throw damaged(file, what)
}
