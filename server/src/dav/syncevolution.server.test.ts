import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { cardFor, connectPhone } from '../../test/dav.ts'
import { readJson, signUp } from '../../test/people.ts'
import { findSyncevolution } from '../../test/programs.ts'
import { startServer } from '../../test/server.ts'

const syncevolution = findSyncevolution()
const skip = syncevolution ? false : 'syncevolution was not found'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

type Contact = { id: string; first_name: string }

/** Somebody's book as SyncEvolution reaches it, which knows no desktop here. */
async function someone() {
  const ada = await signUp(server)
  const phone = await connectPhone(server, ada)
  const home = await mkdtempDisposable(join(tmpdir(), 'syncevolution-'))
  const login = ['backend=carddav', `username=${ada.email}`, `password=${phone.password}`]
  const run = (...args: string[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const all = ['--daemon=no', '--keyring=no', 'loglevel=1', ...login, ...args]
    const env = { PATH: process.env['PATH'], HOME: home.path, LANG: 'C.UTF-8' }
    execFile(syncevolution ?? '', all, { env, timeout: 120_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`))
      else resolve(stdout)
    })
    return promise
  }
  const database = `database=${server.url}${phone.book}`
  const items = async () => (await run('--print-items', database)).split('\n').filter(Boolean)
  return { ada, phone, home, run, database, items }
}

describe('SyncEvolution', { skip }, () => {
  it('finds the book from the host alone', async () => {
    const { home, phone, run } = await someone()
    await using _ = home
    const found = await run('--print-databases', `syncURL=${server.url}`)
    assert.ok(found.includes(`Contacts (${server.url}${phone.book}) <default>`), found)
  })

  it('reads, adds, changes and deletes cards', async () => {
    const { ada, home, run, database, items } = await someone()
    await using _ = home
    const made = await ada.post('/api/contacts', { first_name: 'Web', email: 'web@example.org' })
    const [item = ''] = await items()
    assert.ok(item.startsWith(made.json().id))
    const folder = join(home.path, 'cards')
    await mkdir(folder)
    await run('--export', folder, database, '--luids', item)
    assert.match(await readFile(join(folder, item), 'utf8'), /\nEMAIL[^:]*:web@example\.org\r?\n/)

    const file = join(home.path, 'zoe.vcf')
    const card = cardFor('Zoë', ['X-ODD;A=b:1', 'NOTE:a\\, b'], 'zoe-1')
    await writeFile(file, card)
    await run('--import', file, '--delimiter', 'none', database)
    const added = (await items()).find((one) => one !== item) ?? ''
    await run('--export', folder, database, '--luids', added)
    assert.equal(await readFile(join(folder, added), 'utf8'), card)

    const changes = join(home.path, 'changes')
    await mkdir(changes)
    const changed = card.replace('FN:Zoë', 'FN:Zoë II').replace(';Zoë;', ';Zoë II;')
    await writeFile(join(changes, added), changed)
    await run('--update', changes, database)
    await run('--delete-items', database, '--luids', item)
    const names = (await readJson<Contact[]>(ada, '/api/contacts')).map((one) => one.first_name)
    assert.deepEqual(names, ['Zoë II'])
    assert.deepEqual(await items(), [added])
  })
})
