import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { createMailbox, type Mailbox } from './mailbox.ts'
import { freePort } from './programs.ts'

export type TestSmtp = AsyncDisposable & {
  url: string
  mailbox: Mailbox
  /** While set, every mail is refused with this text, for the time being (code 451). */
  refuse(reason: string | null): void
  stop(): Promise<void>
  /** Starts again on the same port. */
  start(): Promise<void>
}

/** Starts a mail server on a free port that takes every mail and keeps it. */
export async function startSmtp(): Promise<TestSmtp> {
  const port = await freePort()
  const mails: Email[] = []
  let refusal: string | null = null
  const open = async () => {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      async onData(stream, _session, done) {
        const raw = await buffer(stream)
        if (refusal !== null) return done(Object.assign(new Error(refusal), { responseCode: 451 }))
        mails.push(await PostalMime.parse(raw))
        done()
      },
    })
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return server
  }
  let server = await open()
  const stop = () => new Promise<void>((resolve) => server.close(resolve))
  return {
    url: `smtp://127.0.0.1:${port}`,
    mailbox: createMailbox(async () => mails),
    refuse: (reason) => void (refusal = reason),
    stop,
    async start() {
      server = await open()
    },
    [Symbol.asyncDispose]: stop,
  }
}
