import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { countsOf, imported } from '../test/imports.ts'
import { readJson, signUp, type Person } from '../test/people.ts'
import { freePort } from '../test/programs.ts'
import { recordStatements, type Statements } from '../test/record-statements.ts'
import { startServer } from '../test/server.ts'
import { createBulkThread } from './bulk-thread.ts'
import type { Export } from './exports/export.ts'
import { exported } from './exports/exported.ts'

const run = promisify(execFile)

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const total = 2_000
const file = Array.from({ length: total }, (_, number) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:u${number}`, `FN:Person ${number}`, `N:${number};Person;;;`]
    .concat(`NOTE:${'long '.repeat(20)}`, 'END:VCARD', '')
    .join('\r\n'),
).join('')

describe('a large book', () => {
  let owner: Person
  let ownerId: string
  const calls: string[] = []
  before(async () => {
    owner = await signUp(server)
    ownerId = (await readJson<{ id: string }>(owner, '/api/users/me')).id
    const { bulk } = server.services
    const usual = { ...bulk }
    Object.assign(bulk, {
      warmUp: () => (calls.push('warm up'), usual.warmUp()),
      runImport: (...job: Parameters<typeof usual.runImport>) => (
        calls.push('import'),
        usual.runImport(...job)
      ),
    })
    const done = await imported(owner, file)
    Object.assign(bulk, usual)
    assert.deepEqual(countsOf(done), { created: total, updated: 0, same: 0, failed: 0 })
  })

  it('is the same file as one that is made without a thread', async () => {
    const book = { ownerId, selection: {} }
    const wanted: Export[] = [
      { ...book, format: 'vcf', version: '3.0' },
      { ...book, format: 'csv' },
      { ...book, format: 'json' },
    ]
    for (const one of wanted) {
      const answer = await owner.get(`/api/export.${one.format}`)
      const same = await buffer(exported(server.services.database.read, one))
      assert.ok(answer.rawPayload.equals(same), one.format)
    }
    assert.equal((await owner.get('/api/export.vcf')).body, file)
    const zip = await owner.get('/api/users/me/export')
    assert.equal(zip.rawPayload.subarray(0, 2).toString(), 'PK')
  })

  it('is read by the thread alone', async () => {
    const { database } = server.services
    const { read } = database
    const statements: Statements = new Map()
    Object.assign(database, { read: recordStatements(database, statements).read })
    await owner.get('/api/export.json')
    Object.assign(database, { read })
    assert.ok(statements.size > 0)
    for (const text of statements.keys()) assert.doesNotMatch(text, /contact_cards/)
  })

  it('has the thread started while it arrives', () => {
    assert.deepEqual(calls, ['warm up', 'import'])
  })

  it('is left off when nobody takes it any more', async () => {
    const left = streamOf(ownerId)
    await once(left, 'readable')
    left.destroy()
    assert.equal((await text(streamOf(ownerId))).length, file.length)
  })
})

it('is started without the libraries that only requests and few files need', async () => {
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({
      load(url, context, next) {
        const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? []
        if (name) console.log(name)
        return next(url, context)
      },
    })
    await import(${JSON.stringify(new URL('bulk-worker.ts', import.meta.url))})`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
  const loaded = new Set(stdout.split('\n'))
  assert.ok(loaded.has('pg'))
  const heavy = ['ajv', 'fastify', 'file-type', 'kysely', 'pg-boss', 'sharp', 'typebox']
  assert.deepEqual(
    heavy.filter((name) => loaded.has(name)),
    [],
  )
})

it('breaks off a file when the thread cannot read the book', async () => {
  const url = `postgres://kith@127.0.0.1:${await freePort()}/kith`
  const start = {
    url,
    isOurs: false,
    isDistributed: false,
    logLevel: 'silent',
    logFormat: 'json',
  } as const
  await using bulk = createBulkThread(start)
  const wanted = { ownerId: 'nobody', format: 'csv', selection: {} } as const
  await assert.rejects(text(bulk.export(wanted)), /ECONNREFUSED/)
  const job = { ownerId: 'nobody', importId: 'none' }
  await assert.rejects(bulk.runImport(job, false, new AbortController().signal), /ECONNREFUSED/)
})

function streamOf(ownerId: string): Readable {
  return server.services.bulk.export({ ownerId, format: 'vcf', selection: {}, version: '3.0' })
}
