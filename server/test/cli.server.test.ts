import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { expectStatus, logIn, signUp, type Person } from './people.ts'
import { expectRefusal, runCommand } from './run-program.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'

const done = (output: string) => ({ code: 0, output })

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
    expectStatus(contacts, 200)
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
