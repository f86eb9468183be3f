import assert from 'node:assert/strict'
import { createHash, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { SMTPServer } from 'smtp-server'
import { openTestDatabase } from '../../../test/database.ts'
import { keepLog } from '../../../test/log.ts'
import { outboxOf, tokenIn } from '../../../test/mailbox.ts'
import { freePort } from '../../../test/programs.ts'
import { startSmtp } from '../../../test/smtp.ts'
import { readConfig } from '../../config.ts'
import type { OpenDatabase } from '../../db/database.ts'
import type { UserRow } from '../../db/tables.ts'
import type { Mail } from '../../jobs/job-data.ts'
import { fileTransport } from '../../mail/file-transport.ts'
import { smtpTransport } from '../../mail/smtp-transport.ts'
import { createMetrics } from '../../metrics.ts'
import { takeMailedToken } from '../mailed-tokens.ts'
import { insertUser } from '../user-queries.ts'
import { createMailDelivery } from './delivery.ts'

const now = () => new Date().toISOString()
const asked = (kind: 'confirm_email' | 'reset_password', email = 'ada@example.org'): Mail => ({
  kind,
  email,
  requestedAt: now(),
})

/** One database for all tests, emptied for each. */
let database: OpenDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database[Symbol.asyncDispose]())

/** All that delivery needs, with nothing replaced: the database, and mails as files or by SMTP. */
async function setUp(smtpUrl = '') {
  await using stack = new AsyncDisposableStack()
  const { path } = stack.use(await mkdtempDisposable(join(tmpdir(), 'kith-delivery-')))
  const { log, lines } = keepLog('info')
  const { db, pool } = database
  await db.deleteFrom('users').execute()
  await db.deleteFrom('user_emails').execute()
  const config = readConfig({
    DATA_DIR: path,
    PUBLIC_URL: 'https://kith.example.org',
    SMTP_URL: smtpUrl,
  })
  const metrics = createMetrics(pool)
  const transport = stack.use(
    smtpUrl
      ? smtpTransport(smtpUrl, config.mailFrom)
      : fileTransport(path, config.mailFrom, () => {}),
  )
  const resources = stack.move()
  return {
    db,
    lines,
    mailbox: outboxOf(path),
    deliver: createMailDelivery({ db, config, metrics, log, transport }),
    tokens: () => db.selectFrom('mailed_tokens').selectAll().orderBy('purpose').execute(),
    counted: async () =>
      (await metrics.mails.get()).values.map(({ labels, value }) => [
        labels['kind'],
        labels['result'],
        value,
      ]),
    async addUser(changes: Partial<UserRow> = {}) {
      const id = randomUUIDv7()
      const email = 'Ada@example.org'
      await insertUser(db, { id, username: 'Ada', email, password_hash: '-' })
      const quietChanges = { password_changed_at: new Date(0), ...changes }
      await db.updateTable('users').set(quietChanges).where('id', '=', id).execute()
      return id
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

describe('the delivery of mails', () => {
  it('makes the token only now, mails it to the stored address, and keeps its hash alone', async () => {
    await using test = await setUp()
    const userId = await test.addUser()
    await test.deliver(asked('confirm_email', 'ADA@Example.ORG'))

    const mail = await test.mailbox.next({ to: 'Ada@example.org' })
    const token = tokenIn(mail)
    const [row, ...others] = await test.tokens()
    assert.equal(others.length, 0)
    assert.deepEqual(row?.token_hash, createHash('sha256').update(token).digest())
    assert.equal(row?.email, 'Ada@example.org')
    const proof = await takeMailedToken(test.db, 'confirm_email', token)
    assert.equal(proof?.user_id, userId)
    assert.deepEqual(await test.counted(), [['confirm_email', 'sent', 1]])
    assert.ok(!test.lines.join().includes(token))
  })

  it('replaces the token with every attempt, under a new Message-ID', async () => {
    await using test = await setUp()
    await test.addUser()
    const mail = asked('reset_password')
    await test.deliver(mail)
    await test.deliver(mail)

    const [first, second] = await test.mailbox.all()
    assert.ok(first && second)
    assert.equal((await test.tokens()).length, 1)
    assert.equal(await takeMailedToken(test.db, 'reset_password', tokenIn(first)), undefined)
    assert.ok(await takeMailedToken(test.db, 'reset_password', tokenIn(second)))
    assert.notEqual(first.messageId, second.messageId)
  })

  it('gives a notice the same Message-ID in every attempt', async () => {
    await using test = await setUp()
    const userId = await test.addUser()
    const at = now()
    const mail: Mail = { kind: 'password_changed', userId, at, userAgent: 'Firefox', ip: '::1' }
    await test.deliver(mail)
    await test.deliver(structuredClone(mail))
    await test.deliver({ ...mail, at: new Date(Date.parse(at) + 1).toISOString() })

    const [first, second, other] = (await test.mailbox.all('Ada@example.org')).map(
      (mail) => mail.messageId,
    )
    assert.match(first ?? '', /^<[0-9a-f]{32}@kith\.example\.org>$/)
    assert.equal(first, second)
    assert.notEqual(first, other)
    assert.equal((await test.tokens()).length, 0)
  })

  it('says goodbye to an account that is gone', async () => {
    await using test = await setUp()
    const email = 'gone@example.org'
    await test.deliver({ kind: 'account_deleted', email, username: 'Ada', at: now() })
    const mail = await test.mailbox.next({ to: email })
    assert.match(mail.subject ?? '', /deleted/)
  })

  describe('drops without a word', () => {
    const confirmed = { confirmed_at: new Date() }
    const cases: [what: string, user: Partial<UserRow> | null, mail: Mail][] = [
      ['what is for an unknown address', null, asked('confirm_email')],
      ['a reset for an unknown address', null, asked('reset_password')],
      ['what is for a disabled account', { disabled_at: new Date() }, asked('confirm_email')],
      ['a reset for a disabled account', { disabled_at: new Date() }, asked('reset_password')],
      ['a confirmation that was given', confirmed, asked('confirm_email')],
      [
        'a reset asked for before the last one',
        { password_changed_at: new Date(Date.now() + 60_000) },
        asked('reset_password'),
      ],
      [
        'a notice for an account that is gone',
        null,
        { kind: 'session_stolen', userId: randomUUIDv7(), at: now(), userAgent: '', ip: '::1' },
      ],
    ]
    for (const [what, user, mail] of cases) {
      it(what, async () => {
        await using test = await setUp()
        if (user) await test.addUser(user)
        await test.deliver(mail)

        assert.deepEqual(await test.mailbox.all(), [])
        assert.deepEqual(await test.tokens(), [])
        assert.deepEqual(test.lines, [])
        assert.deepEqual(await test.counted(), [[mail.kind, 'dropped', 1]])
      })
    }
  })

  it('lets an unconfirmed user reset the password: that proves the mailbox as well', async () => {
    await using test = await setUp()
    await test.addUser({ confirmed_at: null })
    await test.deliver(asked('reset_password'))
    assert.ok(tokenIn(await test.mailbox.next({ to: 'Ada@example.org' })))
  })

  it('says once that mail does not go out and once that it goes again', async () => {
    await using smtp = await startSmtp()
    await using test = await setUp(smtp.url)
    await test.addUser()

    smtp.refuse(`is this spam? https://kith.example.org/x#token=${'T'.repeat(43)}`)
    for (let tries = 0; tries < 3; tries++) {
      const error = await test.deliver(asked('reset_password')).catch((error: unknown) => error)
      assert.ok(error instanceof Error)
      assert.match(error.message, /is this spam\? https:\/\/kith\.example\.org\/x#token=…/)
      assert.doesNotMatch(inspect(error), /TTT/)
    }
    smtp.refuse(null)
    for (let mails = 0; mails < 2; mails++) await test.deliver(asked('reset_password'))

    const [warning, relief, ...more] = test.lines.map((line) => JSON.parse(line))
    assert.deepEqual(more, [])
    assert.equal(warning.msg, 'mail could not be sent, it will be tried again')
    assert.match(warning.reason, /is this spam\?.*#token=…/)
    assert.equal(relief.msg, 'mail is going out again')
    assert.equal((await smtp.mailbox.all()).length, 2)
    assert.deepEqual(await test.counted(), [
      ['reset_password', 'failed', 3],
      ['reset_password', 'sent', 2],
    ])
  })

  it('tries a refused recipient for an hour, and then no more', async () => {
    const noMailbox = Object.assign(new Error('no such mailbox'), { responseCode: 550 })
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => done(noMailbox),
    })
    const port = await freePort()
    await once(server.listen(port, '127.0.0.1'), 'listening')
    await using stack = new AsyncDisposableStack()
    stack.defer(() => new Promise<void>((resolve) => server.close(resolve)))
    const test = stack.use(await setUp(`smtp://127.0.0.1:${port}`))
    await test.addUser()

    const askedAgo = (minutes: number): Mail => ({
      kind: 'reset_password',
      email: 'ada@example.org',
      requestedAt: new Date(Date.now() - minutes * 60_000).toISOString(),
    })
    await assert.rejects(test.deliver(askedAgo(0)), /no such mailbox/)
    await assert.rejects(test.deliver(askedAgo(59)), /no such mailbox/)
    await test.deliver(askedAgo(61))

    assert.deepEqual(
      test.lines.map((line) => JSON.parse(line).msg),
      [
        'a recipient was refused, it will be tried again',
        'a mail was given up: its recipient is refused',
      ],
    )
    assert.deepEqual(await test.counted(), [
      ['reset_password', 'failed', 2],
      ['reset_password', 'dropped', 1],
    ])
  })
})
