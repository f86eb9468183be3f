import assert from 'node:assert/strict'
import { mkdtempDisposable, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { expectStatus, logIn, newAccount, nextAddress, type Person } from './people.ts'
import { expectProblem } from './problems.ts'
import { expectRefusal, runCommand } from './run-program.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import type { Settings } from './settings.ts'
import { startSmtp } from './smtp.ts'

let server: ServerProcess
before(async () => {
  server = await startServerProcess({ REGISTRATION: 'invite' })
})
after(() => server[Symbol.asyncDispose]())

async function succeeds(args: string[], settings: Settings = server.settings): Promise<string> {
  const { code, output } = await runCommand(args, settings)
  assert.equal(code, 0, output)
  return output
}

function refuses(args: string[], sentence: RegExp, settings: Settings = server.settings) {
  return expectRefusal(args, settings, sentence)
}

/** Somebody whom the operator gave an account. */
async function newPerson(): Promise<Person> {
  const account = newAccount()
  const { username, email, password } = account
  const options = ['--email', email, '--username', username, '--password', password]
  await succeeds(['user:create', ...options])
  return logIn(server, account)
}

describe('accounts, while the server runs', () => {
  it('can be made, however registration is set, and listed', async () => {
    const person = await newPerson()
    expectStatus(await person.get('/api/contacts'), 200)
    const list = await succeeds(['user:list'])
    assert.match(list, new RegExp(`^${person.email} +active +${person.username} `, 'm'))
    await refuses(['user:create', '--email', person.email, '--username', 'x'], /already exists/)
  })

  it('are made with a password that is printed, and by the rules of sign-up', async () => {
    const { email, username } = newAccount()
    const output = await succeeds(['user:create', '--email', email, '--username', username])
    const password = /^Password: (\S{20,})$/m.exec(output)?.[1] ?? ''
    await logIn(server, { email, username, password })

    const options = (password: string) => ['--username', 'Ada', '--password', password]
    const other = newAccount().email
    await refuses(
      ['user:create', '--email', other, ...options('12345678')],
      /^--password is one of/,
    )
    await refuses(['user:create', '--email', 'ada', ...options('long enough')], /^--email is not/)
  })

  it('can get a new password: sessions end at once, and a mail tells the owner', async () => {
    const person = await newPerson()
    expectStatus(await person.get('/api/users/me'), 200)
    const output = await succeeds(['user:reset-password', '--email', person.email])
    const password = /^Password: (\S+)$/m.exec(output)?.[1] ?? ''
    expectStatus(await person.get('/api/users/me'), 401)
    await logIn(server, { ...person, password })
    const mail = await server.mailbox.next({ to: person.email, subject: /new password/ })
    assert.ok(!mail.text?.includes(password))
    assert.doesNotMatch(mail.text ?? '', /Address:|Device:/)
    await refuses(['user:reset-password', '--email', 'x@example.org'], /^There is no account/)
  })

  it('can be deleted, once that is confirmed', async () => {
    const person = await newPerson()
    await refuses(['user:delete', '--email', person.email], /^Add --yes/)
    expectStatus(await person.get('/api/users/me'), 200)
    await succeeds(['user:delete', '--email', person.email, '--yes'])
    expectStatus(await person.get('/api/users/me'), 401)
    await server.mailbox.next({ to: person.email, subject: /was deleted/ })
    await refuses(['user:delete', '--email', person.email, '--yes'], /^There is no account/)
  })

  it('can be written into a ZIP file, for its reader alone', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-export-'))
    const person = await newPerson()
    await person.post('/api/contacts', { first_name: 'Grace' })
    const file = join(folder.path, 'ada.zip')
    await succeeds(['user:export', '--email', person.email, file])
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    const bytes = await readFile(file)
    assert.ok(bytes.includes('contacts.vcf') && bytes.includes('account.json'))
  })
})

describe('an invite', () => {
  async function inviteFor(email: string, settings?: Settings) {
    const output = await succeeds(['user:invite', '--email', email], settings)
    const secret = /^Invite: (\S+)$/m.exec(output)?.[1] ?? ''
    assert.ok(output.includes(`${server.settings['PUBLIC_URL']}/signup/${secret}`), output)
    return { output, secret }
  }

  it('is printed, and opens an account', async () => {
    const account = newAccount()
    const { secret, output } = await inviteFor(account.email)
    assert.match(output, /no mail is sent without SMTP_URL/)
    const post = (payload: object) =>
      server.inject({
        method: 'POST',
        url: '/api/auth/signup',
        payload,
        remoteAddress: nextAddress(),
      })
    expectProblem(await post(account), 422, 'invite_required')
    expectStatus(await post({ ...account, invite: secret }), 201)
    await refuses(['user:invite', '--email', account.email], /has an account already/)
    await refuses(['user:invite', '--email', 'nobody'], /^--email is not/)
  })

  it('is mailed where there is a mail server', async () => {
    await using mails = await startSmtp()
    await using other = await startServerProcess({ REGISTRATION: 'invite', SMTP_URL: mails.url })
    const output = await succeeds(['user:invite', '--email', 'guest@example.org'], other.settings)
    const secret = /^Invite: (\S+)$/m.exec(output)?.[1] ?? ''
    assert.match(output, /It was mailed to them/)
    const mail = await mails.mailbox.next({ to: 'guest@example.org' })
    assert.ok(mail.text?.includes(`/signup/${secret}`))
  })
})

describe('a backup by the command line', () => {
  it('is made while the server runs, and fills another installation', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'kith-backup-'))
    const person = await newPerson()
    await person.post('/api/contacts', { first_name: 'Grace' })
    const file = join(folder.path, 'kith.backup')
    assert.match(await succeeds(['backup', file]), /Wrote and checked .*\d+ contacts?/)
    const there = { DATA_DIR: join(folder.path, 'data') }
    assert.match(await succeeds(['restore', file], there), /Restored \d+ accounts?, \d+ contacts?/)
    await refuses(['restore', file], /is not empty|has tables|Another Kith uses/)
    await refuses(['restore', file], /is not empty/, there)

    // Its secret came along: who was logged in still is.
    const { PUBLIC_URL = '' } = server.settings
    const settings = { ...there, PUBLIC_URL, DATABASE_URL: '', REDIS_URL: '', SECRET_KEY: '' }
    await using restored = await startServerProcess(settings)
    const headers = { authorization: `Bearer ${person.tokens.access_token}` }
    const answer = await restored.inject({ method: 'GET', url: '/api/contacts', headers })
    expectStatus(answer, 200)
    assert.equal(answer.json<object[]>().length, 1)
  })
})

describe('the doctor', () => {
  it('finds nothing wrong with a server that runs', async () => {
    const output = await succeeds(['doctor'])
    assert.match(output, /^ {2}ok +Database +.*PostgreSQL \d/m)
    assert.match(output, /^ {2}ok +Database +its tables are up to date/m)
    assert.doesNotMatch(output, /^ {2}problem/m)
  })
})
