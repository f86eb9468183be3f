import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { freePort } from '../../test/programs.ts'
import { RecipientRefused } from './recipient-refused.ts'
import { smtpTransport } from './smtp-transport.ts'

const from = { name: 'Kith', address: 'kith@example.org' }
const patient = { connect: 30_000, reply: 30_000, delivery: 30_000 }
const hasty = { connect: 300, reply: 300, delivery: 1_500 }
const message = {
  messageId: 'abc@example.org',
  to: 'ada@example.org',
  subject: 'Set a new password',
  text: `Hello Ünï,\n\nhttps://kith.example.org/reset-password#token=${'T'.repeat(43)}`,
  html: '<p>Hello Ünï</p>',
  link: null,
}

/** A real mail server on a free port, or on the one given, and the mails it took. */
async function serve(options: SMTPServerOptions = {}, port = 0) {
  const received: (Email & { recipients: string[]; isSecure: boolean })[] = []
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 1,
    async onData(stream, { envelope, secure }, done) {
      const mail = await PostalMime.parse(await buffer(stream))
      const recipients = envelope.rcptTo.map((recipient) => recipient.address)
      received.push({ ...mail, recipients, isSecure: secure })
      done()
    },
    ...options,
  })
  // Some tests expect a client that does not trust our certificate.
  server.on('error', () => {})
  const listener = server.listen(port, '127.0.0.1')
  await once(listener, 'listening')
  return {
    received,
    port: portOf(listener.address()),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

function portOf(address: ReturnType<Server['address']>): number {
  assert.ok(address !== null && typeof address === 'object')
  return address.port
}

const open = (port: number, scheme = 'smtp', who = '127.0.0.1') =>
  smtpTransport(`${scheme}://${who}:${port}`, from, patient)

const refusal = (text: string, responseCode: number) =>
  Object.assign(new Error(text), { responseCode })

describe('mail by SMTP', () => {
  it('arrives with both parts readable and its headers right', async () => {
    await using server = await serve()
    using transport = open(server.port)
    await transport.send(message)

    const [mail] = server.received
    assert.ok(mail)
    assert.equal(mail.text?.trim(), message.text)
    assert.equal(mail.html?.trim(), message.html)
    assert.equal(mail.subject, message.subject)
    assert.deepEqual(mail.from, from)
    assert.deepEqual(mail.to, [{ name: '', address: message.to }])
    assert.equal(mail.messageId, '<abc@example.org>')
    assert.equal(headerOf(mail, 'auto-submitted'), 'auto-generated')
    assert.deepEqual(mail.recipients, [message.to])
  })

  it('goes to one recipient and has no header more, whatever is tried with its fields', async () => {
    await using server = await serve()
    using transport = open(server.port)
    const evil = 'x\r\nBcc: eve@example.org\r\n\r\n.\r\nMAIL FROM:<eve@example.org>'
    await transport.send({ ...message, subject: evil, text: evil, html: evil })
    for (const to of [
      'ada@example.org, eve@example.org',
      'ada@example.org\r\nBcc: eve@example.org',
    ]) {
      await transport.send({ ...message, to }).catch(() => {})
    }

    assert.match(server.received[0]?.subject ?? '', /^x Bcc: eve@example\.org .* MAIL FROM/)
    for (const mail of server.received) {
      assert.equal(headerOf(mail, 'bcc'), undefined)
      assert.equal(mail.recipients.length, 1)
      assert.ok(!mail.recipients.includes('eve@example.org'))
    }
  })

  it('keeps its connections for the next mail', async () => {
    let connections = 0
    await using server = await serve({ onConnect: (_session, done) => (connections++, done()) })
    using transport = open(server.port)
    for (let sent = 0; sent < 5; sent++) await transport.send(message)

    assert.equal(server.received.length, 5)
    assert.equal(connections, 1)
  })

  it('distinguishes a recipient who is refused for good from one who is refused for now', async () => {
    let reply: Error | null = refusal('5.1.1 no such mailbox', 550)
    await using server = await serve({ onRcptTo: (_address, _session, done) => done(reply) })
    using transport = open(server.port)

    await assert.rejects(transport.send(message), (error) => error instanceof RecipientRefused)
    reply = refusal('4.2.1 come back later', 450)
    await assert.rejects(transport.send(message), (error) => !(error instanceof RecipientRefused))
    reply = null
    await transport.send(message)
    assert.equal(server.received.length, 1)
  })

  it('rejects while the server turns everybody away, and sends once it does not', async () => {
    let reply: Error | null = null
    await using server = await serve({
      onMailFrom: (_address, _session, done) => done(reply),
      onConnect: (_session, done) => done(reply),
    })
    using transport = open(server.port)
    for (const code of [421, 451, 554]) {
      reply = refusal('not today', code)
      await assert.rejects(transport.send(message), (error) => !(error instanceof RecipientRefused))
    }
    reply = null
    await transport.send(message)
    assert.equal(server.received.length, 1)
  })

  it('rejects while nobody listens, and sends once somebody does', async () => {
    const port = await freePort()
    using transport = open(port)
    await assert.rejects(transport.send(message), /ECONNREFUSED/)
    {
      await using server = await serve({}, port)
      await transport.send(message)
      assert.equal(server.received.length, 1)
    }
    await assert.rejects(transport.send(message), /ECONNREFUSED/)
    await using again = await serve({}, port)
    await transport.send(message)
    assert.equal(again.received.length, 1)
  })

  const hostile: Record<string, (socket: Socket) => void> = {
    'says nothing at all': () => {},
    'greets and then says nothing': (socket) => socket.write('220 hello\r\n'),
    'speaks another protocol': (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n'),
    'closes at once': (socket) => socket.destroy(),
    'never comes to the end of its reply': (socket) => {
      socket.write('220 hello\r\n')
      const timer = setInterval(() => socket.write('250-'), 50)
      socket.on('close', () => clearInterval(timer))
    },
  }
  for (const [what, onConnection] of Object.entries(hostile)) {
    it(`gives up when the server ${what}`, async () => {
      await using server = await listen(onConnection)
      using transport = smtpTransport(`smtp://127.0.0.1:${server.port}`, from, hasty)
      await assert.rejects(transport.send(message))
    })
  }

  it('uses STARTTLS where it is offered', async () => {
    await using server = await serve({ disabledCommands: [] })
    using transport = open(server.port)
    await transport.send(message)
    assert.equal(server.received[0]?.isSecure, true)
  })

  it('logs in, over plain text on this machine only', async () => {
    const logins: unknown[] = []
    await using server = await serve({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: false,
      onAuth({ username, password }, _session, done) {
        logins.push([username, password])
        done(null, { user: username })
      },
    })
    using here = open(server.port, 'smtp', 'us%40er:pa%3Ass@127.0.0.1')
    await here.send(message)
    assert.deepEqual(logins, [['us@er', 'pa:ss']])

    // The system connects to this machine by 0.0.0.0, which we treat as any other host.
    using elsewhere = open(server.port, 'smtp', 'user:password@0.0.0.0')
    await assert.rejects(elsewhere.send(message), /STARTTLS/)
    await using secured = await serve({ disabledCommands: [], onAuth: () => assert.fail() })
    using suspicious = open(secured.port, 'smtp', 'user:password@0.0.0.0')
    await assert.rejects(suspicious.send(message), /certificate/)
    assert.equal(logins.length, 1)
  })

  it('trusts no certificate of its own making where TLS is asked for', async () => {
    await using server = await serve({ secure: true })
    using transport = open(server.port, 'smtps')
    await assert.rejects(transport.send(message), /certificate/)
    assert.equal(server.received.length, 0)

    const url = `smtps://127.0.0.1:${server.port}?tls.rejectUnauthorized=false`
    using trusting = smtpTransport(url, from, patient)
    await trusting.send(message)
    assert.equal(server.received[0]?.isSecure, true)
  })

  it('closes the connection to a hanging server when it is disposed of', async () => {
    await using server = await listen(() => {})
    const transport = smtpTransport(`smtp://127.0.0.1:${server.port}`, from)
    const sending = transport.send(message)
    await once(server.listener, 'connection')
    transport[Symbol.dispose]()
    await assert.rejects(sending)
    await assert.rejects(transport.send(message), /closed/)
  })
})

function headerOf(mail: Email, key: string) {
  return mail.headers.find((header) => header.key === key)?.value
}

/** A server that speaks whatever `onConnection` does. */
async function listen(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const listener = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    onConnection(socket)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    listener,
    port: portOf(listener.address()),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}
