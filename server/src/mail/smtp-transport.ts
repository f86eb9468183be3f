import ipaddr from 'ipaddr.js'
import nodemailer from 'nodemailer'
import type { Config } from '../config.ts'
import { compose } from './compose.ts'
import { RecipientRefused } from './recipient-refused.ts'
import type { MailTransport } from './transport.ts'

/** In milliseconds. */
export type SmtpTimeouts = { connect: number; reply: number; delivery: number }

// A server may look for spam while we wait for its last reply: to give up too early would send the
// mail a second time. Together they stay below the time that a job may take.
const patient: SmtpTimeouts = { connect: 10_000, reply: 60_000, delivery: 90_000 }
// For somebody who waits at a terminal.
const hasty: SmtpTimeouts = { connect: 5_000, reply: 10_000, delivery: 10_000 }

/**
 * Sends by SMTP, over connections that are kept. `smtps:` is TLS from the start; `smtp:` takes
 * STARTTLS when it is offered, and insists on it before it tells a password to another machine.
 * Options of nodemailer in the URL's query come last: `?requireTLS=false`.
 * @param timeouts connect: until the server has greeted us; reply: for each of its replies;
 * delivery: for a mail as a whole, however slowly the replies trickle in
 */
export function smtpTransport(
  smtpUrl: string,
  from: Config['mailFrom'],
  timeouts = patient,
): MailTransport {
  const pool = openPool(smtpUrl, timeouts)
  return {
    async send(message) {
      const signal = AbortSignal.timeout(timeouts.delivery)
      try {
        await pool.sendMail({ ...compose(from, message), signal })
      } catch (error) {
        throw isRefusal(error) ? new RecipientRefused(error.message, { cause: error }) : error
      }
    },
    // Whatever is still under way by then hangs, and is sent again after the next start.
    [Symbol.dispose]: () => pool.close({ force: true }),
  }
}

/**
 * Connects and logs in as for a mail, and sends none.
 * @throws Error that says in the mail server's words why that does not work
 */
export async function checkSmtp(smtpUrl: string, timeouts = hasty): Promise<void> {
  const pool = openPool(smtpUrl, timeouts)
  try {
    await pool.verify()
  } finally {
    pool.close({ force: true })
  }
}

function openPool(smtpUrl: string, timeouts: SmtpTimeouts) {
  const url = new URL(smtpUrl)
  const requireTLS = url.protocol === 'smtp:' && url.username !== '' && !isLoopback(url.hostname)
  return nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    socketTimeout: timeouts.reply,
    requireTLS,
    // Who could forge the certificate could as well hide the offer of STARTTLS: where plain text
    // would do, any certificate will.
    tls: { rejectUnauthorized: requireTLS || url.protocol === 'smtps:' },
  })
}

function isRefusal(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'command' in error &&
    error.command === 'RCPT TO' &&
    'responseCode' in error &&
    Number(error.responseCode) >= 500
  )
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return (
    host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback')
  )
}
