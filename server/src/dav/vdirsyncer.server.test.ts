import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtempDisposable, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { cardFor, connectPhone } from '../../test/dav.ts'
import { expectStatus, readJson, signUp, type Person } from '../../test/people.ts'
import { findKhard, findVdirsyncer } from '../../test/programs.ts'
import { startServer } from '../../test/server.ts'

const vdirsyncer = findVdirsyncer()
const khard = findKhard()
const skip = vdirsyncer ? false : 'vdirsyncer was not found'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

type Contact = { id: string; first_name: string; last_name: string; additional_data: string }
const contactsOf = (ada: Person) => readJson<Contact[]>(ada, '/api/contacts')

/** Somebody's contacts in a folder, as vdirsyncer keeps them. */
async function openFolder() {
  const ada = await signUp(server)
  const { password } = await connectPhone(server, ada)
  const home = await mkdtempDisposable(join(tmpdir(), 'vdirsyncer-'))
  const files = join(home.path, 'files', 'contacts')
  await mkdir(files, { recursive: true })
  const config = join(home.path, 'config')
  await writeFile(
    config,
    `[general]
status_path = "${join(home.path, 'status')}"
[pair contacts]
a = "folder"
b = "kith"
collections = ["from b"]
conflict_resolution = "b wins"
[storage folder]
type = "filesystem"
path = "${join(home.path, 'files')}"
fileext = ".vcf"
[storage kith]
type = "carddav"
url = "${server.url}/"
username = "${ada.email}"
password = "${password}"
`,
  )
  const run = (command: string) =>
    output(vdirsyncer ?? '', ['--verbosity', 'WARNING', '--config', config, command], home.path)
  await run('discover')
  return { ada, home, files, sync: () => run('sync') }
}

function output(file: string, args: string[], home: string): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' }
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  execFile(file, args, { env, timeout: 120_000 }, (error, stdout, stderr) => {
    if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`))
    else resolve(stdout)
  })
  return promise
}

describe('vdirsyncer', { skip }, () => {
  it('syncs both ways what is created, changed and deleted', async () => {
    const { ada, home, files, sync } = await openFolder()
    await using _ = home
    const made = await ada.post('/api/contacts', { first_name: 'Web', email: 'web@example.org' })
    const { id } = made.json()
    const card = cardFor('Zoë', ['X-ODD;A=b:1', 'NOTE:a\\, b'], 'zoe-1')
    await writeFile(join(files, 'zoe-1.vcf'), card)
    await sync()

    const web = join(files, `${id}.vcf`)
    assert.match(await readFile(web, 'utf8'), /\r\nEMAIL[^:]*:web@example\.org\r\n/)
    const zoe = (await contactsOf(ada)).find(({ first_name }) => first_name === 'Zoë')
    assert.equal(zoe?.additional_data, 'a, b')

    await ada.patch(`/api/contacts/${zoe?.id}`, { additional_data: 'changed' })
    await writeFile(web, (await readFile(web, 'utf8')).replace('FN:Web', 'FN:Web II'))
    await sync()
    const changed = await readFile(join(files, 'zoe-1.vcf'), 'utf8')
    const withoutRevision = changed.replace(/REV:.*\r\n/, '')
    assert.equal(withoutRevision, card.replace('NOTE:a\\, b', 'NOTE:changed'))

    await rm(web)
    await sync()
    assert.deepEqual(
      (await readJson<Contact[]>(ada, '/api/trash')).map((contact) => contact.id),
      [id],
    )
    await ada.post('/api/contacts', { first_name: 'Last' })
    expectStatus(await ada.delete(`/api/contacts/${zoe?.id}`), 204)
    await sync()
    assert.equal((await readdir(files)).includes('zoe-1.vcf'), false)
    assert.equal((await readdir(files)).length, 1)
  })

  it(
    'brings khard what people look up there',
    { skip: khard ? false : 'khard was not found' },
    async () => {
      const { ada, home, files, sync } = await openFolder()
      await using _ = home
      await ada.post('/api/contacts', {
        first_name: 'Ada',
        last_name: 'Lovelace',
        birthday: '1815-12-10',
        phones: [{ label: 'work', value: '+44 20 7946 0000' }],
        addresses: [{ label: 'home', street: '12 St James’s Square', city: 'London' }],
      })
      await sync()
      const config = join(home.path, 'khard.conf')
      await writeFile(
        config,
        `[addressbooks]\n[[contacts]]\npath = ${files}\n[contact table]\nlocalize_dates = no\n`,
      )
      const shown = await output(khard ?? '', ['--config', config, 'show', 'lovelace'], home.path)
      for (const part of [
        'Ada Lovelace',
        '+44 20 7946 0000',
        '12 St James’s Square',
        'London',
        '1815-12-10',
      ]) {
        assert.ok(shown.includes(part), `${part} in\n${shown}`)
      }
    },
  )
})
