import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtempDisposable, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, it } from 'node:test'
import { cardFor, connectPhone } from '../../test/dav.ts'
import { findEvolution } from '../../test/evolution.ts'
import { expectStatus, readJson, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'

const evolution = findEvolution()
const skip = evolution ? false : 'Evolution’s data server was not found'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

type Shown = { uid: string; name: string; email: string | null; note: string | null }
type Command = { do: 'list' | 'refresh' | 'add' | 'annotate' | 'remove'; [more: string]: string }

// Of its services, those that ask people for passwords are left out.
const needed = ['Sources5', 'AddressBook10']

/** Somebody's book as Evolution keeps it, in a D-Bus session of its own. */
async function openEvolution() {
  const ada = await signUp(server)
  const phone = await connectPhone(server, ada)
  const home = await mkdtempDisposable(join(tmpdir(), 'evolution-'))
  const services = join(home.path, 'services')
  await mkdir(services)
  for (const file of evolution?.services ?? []) {
    if (needed.some((name) => file.includes(name))) {
      await symlink(file, join(services, basename(file)))
    }
  }
  const config = join(home.path, 'bus.conf')
  await writeFile(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
      "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig><type>session</type><listen>unix:tmpdir=${home.path}</listen>
      <auth>EXTERNAL</auth><servicedir>${services}</servicedir>
      <policy context="default"><allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  )
  const script = new URL('../../test/evolution.py', import.meta.url).pathname
  const login = [`${server.url}${phone.book}`, ada.email, phone.password]
  const program = spawn(
    evolution?.dbus ?? '',
    ['--config-file', config, '--', evolution?.python ?? '', script, ...login],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {
        PATH: process.env['PATH'],
        HOME: home.path,
        XDG_RUNTIME_DIR: home.path,
        GSETTINGS_BACKEND: 'memory',
        LANG: 'C.UTF-8',
      },
    },
  )
  const lines = createInterface(program.stdout)[Symbol.asyncIterator]()
  return {
    ada,
    phone,
    run: async (command: Command): Promise<Shown[]> => {
      program.stdin.write(`${JSON.stringify(command)}\n`)
      const { done, value } = await lines.next()
      if (done) throw new Error('Evolution ended')
      return JSON.parse(value)
    },
    async [Symbol.asyncDispose]() {
      program.stdin.end()
      if (program.exitCode === null) await once(program, 'exit')
      await home.remove()
    },
  }
}

describe('Evolution', { skip }, () => {
  it('syncs both ways what is created, changed and deleted', async () => {
    await using book = await openEvolution()
    const { ada, run } = book
    type Contact = { id: string; first_name: string; additional_data: string | null }
    const contactsOf = () => readJson<Contact[]>(ada, '/api/contacts')
    const shown = (isSo: (all: Shown[]) => boolean) =>
      until('Evolution to show it', async () => {
        const all = await run({ do: 'refresh' })
        return isSo(all) && all
      })
    const web = { first_name: 'Web', email: 'web@example.org', additional_data: 'a; b, c' }
    const made = await ada.post('/api/contacts', web)
    const [first] = await shown((all) => all.length === 1)
    assert.deepEqual(
      [first?.name, first?.email, first?.note],
      ['Web', 'web@example.org', 'a; b, c'],
    )

    await run({ do: 'add', card: cardFor('Zoë', ['NOTE:kept\\, as it is'], 'zoe-1') })
    const zoe = (await contactsOf()).find(({ first_name }) => first_name === 'Zoë')
    assert.equal(zoe?.additional_data, 'kept, as it is')

    await run({ do: 'annotate', uid: first?.uid ?? '', note: 'x; y, z' })
    const annotated = (await contactsOf()).find(({ id }) => id === made.json().id)
    assert.equal(annotated?.additional_data, 'x; y, z')

    expectStatus(await ada.patch(`/api/contacts/${zoe?.id}`, { additional_data: 'changed' }), 200)
    const after = await shown((all) => all.some(({ note }) => note === 'changed'))
    await run({ do: 'remove', uid: after.find(({ name }) => name === 'Zoë')?.uid ?? '' })
    assert.equal((await contactsOf()).length, 1)
    expectStatus(await ada.delete(`/api/contacts/${made.json().id}`), 204)
    await shown((all) => all.length === 0)
  })
})
