import assert from 'node:assert/strict'
import { mkdir, mkdtempDisposable, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { lockDataDir } from '../src/db/data-dir.ts'
import { clusterFolder } from '../src/db/embedded/cluster.ts'
import { commands } from '../src/operator/commands.ts'
import { help } from '../src/operator/help.ts'
import { expectStatus, logIn, signUp, type Person } from './people.ts'
import { runCommand } from './run-program.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import type { Settings } from './settings.ts'

const done = (output: string) => ({ code: 0, output })

async function expectRefusal(args: string[], settings: Settings, sentence: RegExp) {
  const { code, output } = await runCommand(args, settings)
  assert.match(output, sentence)
  assert.doesNotMatch(output, /^\s+at /m)
  assert.equal(code, 1)
}

describe('the command line', () => {
  let server: ServerProcess
  let ada: Person
  before(async () => {
    server = await startServerProcess()
    ada = await signUp(server)
  })
  after(() => server[Symbol.asyncDispose]())

  it('works while the server runs', async () => {
    const { settings } = server
    const owner = ['--email', ada.email.toUpperCase()]
    // Nothing is signed by it.
    const keyless = { ...settings, SECRET_KEY: '' }
    assert.deepEqual(await runCommand(['migrate'], keyless), done('Already up to date.'))

    const populated = await runCommand(['populate', ...owner, '--count', '120'], settings)
    assert.deepEqual(populated, done(`Added 120 contacts to ${ada.email}.`))
    const contacts = await ada.get('/api/contacts?limit=1')
    assert.equal(contacts.headers['x-total-count'], '120')
    const [label] = (await ada.get('/api/labels')).json<{ contacts: number }[]>()
    assert.ok(label && label.contacts > 0)
    const [face] = (await ada.get('/api/contacts?view=full&limit=100'))
      .json<{ photo: string | null }[]>()
      .flatMap(({ photo }) => photo ?? [])
    assert.ok(face)
    expectStatus(await ada.get(`${face}&size=96`), 200)
    const birthdays = await ada.get('/api/contacts/birthdays')
    assert.ok(birthdays.json<object[]>().length > 0)

    const shut = await runCommand(['user:disable', ...owner], settings)
    assert.deepEqual(shut, done(`${ada.email} is shut out.`))
    expectStatus(await ada.get('/api/contacts'), 401)
    const open = await runCommand(['user:enable', ...owner], settings)
    assert.deepEqual(open, done(`${ada.email} may log in again.`))
    expectStatus(await ada.get('/api/contacts'), 200)
  })

  it('refuses in a sentence what it cannot do, whether or not the server runs', async () => {
    const { settings } = server
    await expectRefusal(
      ['constructor'],
      settings,
      /^There is no command constructor\. "npm run kith"/,
    )
    await expectRefusal(
      ['user:creat'],
      settings,
      /^There is no command .* Did you mean user:create\?/,
    )
    await expectRefusal(
      ['user:list', '--emial', 'x'],
      settings,
      /^user:list has no option --emial\./,
    )
    await expectRefusal(['backup'], settings, /^backup needs FILE\.$/)
    await expectRefusal(['migrate', 'new', '  '], settings, /^Give the migration a name/)
    await expectRefusal(['populate'], settings, /^populate needs --email ADDRESS\.$/)
    const stranger = ['--email', 'nobody@example.org']
    await expectRefusal(
      ['populate', ...stranger],
      settings,
      /^There is no account with the address/,
    )
    await expectRefusal(['user:disable', ...stranger], settings, /^There is no account/)
    const owner = ['--email', ada.email]
    await expectRefusal(['populate', ...owner, '--count', '0'], settings, /^--count must be/)
  })

  it('works when the server does not run, also after it was killed', async () => {
    const { settings } = server
    const owner = ['--email', ada.email]
    await server.end('SIGKILL')
    const shut = await runCommand(['user:disable', ...owner], settings)
    assert.deepEqual(shut, done(`${ada.email} is shut out.`))
    await expectRefusal(
      ['user:enable', '--email', 'x@example.org'],
      settings,
      /^There is no account/,
    )

    await using again = await startServerProcess(settings)
    await assert.rejects(logIn(again, ada))
    const open = await runCommand(['user:enable', ...owner], settings)
    assert.deepEqual(open, done(`${ada.email} may log in again.`))
    await logIn(again, ada)
  })
})

describe('the help of the command line', () => {
  it('tells of every command, and of one that is named, wherever that is asked', async () => {
    for (const args of [[], ['help'], ['--help'], ['-h']]) {
      const { code, output } = await runCommand(args, {})
      assert.equal(code, 0)
      for (const { name } of commands) assert.match(output, new RegExp(`^  ${name}\\b`, 'm'))
    }
    for (const { name } of commands) {
      assert.match(help(name, 80), new RegExp(`^npm run kith -- ${name}\\b`))
    }
    for (const args of [
      ['user:list', '--help'],
      ['populate', '-h'],
      ['migrate', 'new', '--help'],
    ]) {
      const { code, output } = await runCommand(args, {})
      assert.equal(code, 0)
      assert.match(output, new RegExp(`^npm run kith -- ${args.slice(0, -1).join(' ')}`))
    }
  })

  it('names a command that there is not', async () => {
    for (const args of [['user:lits'], ['help', 'user:lits'], ['user:lits', '--help']]) {
      await expectRefusal(args, {}, /^There is no command user:lits\. Did you mean user:list\?/)
    }
  })
})

describe('the command line, on an embedded database', () => {
  it('makes it, and brings it up to date', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const settings = { DATA_DIR: folder.path }
    const { code, output } = await runCommand(['migrate'], settings)
    assert.match(output, /^Applied 0001-accounts, /)
    assert.equal(code, 0)
    assert.deepEqual(await runCommand(['migrate'], settings), done('Already up to date.'))
  })

  it('is not made by what was meant for another one', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    const DATA_DIR = join(folder.path, 'data')
    for (const args of [
      ['populate', '--email', 'ada@example.org'],
      ['user:list'],
      ['backup', join(folder.path, 'kith.backup')],
    ]) {
      await expectRefusal(args, { DATA_DIR }, new RegExp(`^There is no database in ${DATA_DIR}\\.`))
    }
    assert.deepEqual(await readdir(folder.path), [])
  })

  it('says so when another process has it, and no database answers', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-data-'))
    using _lock = lockDataDir(folder.path)
    await mkdir(clusterFolder(folder.path))
    const settings = { DATA_DIR: folder.path }
    for (const name of ['migrate', 'populate']) {
      await expectRefusal(
        name === 'migrate' ? [name] : [name, '--email', 'ada@example.org'],
        settings,
        /^Another Kith uses the data folder .* its database does not answer/,
      )
    }
  })
})
