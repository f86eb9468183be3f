import type { SendMailOptions } from 'nodemailer'
import type { Config } from '../config.ts'
import type { Message } from './transport.ts'

/** The message for nodemailer. Addresses are objects: a string would be parsed, as a list even. */
export function compose(from: Config['mailFrom'], message: Message): SendMailOptions {
  const { messageId, to, subject, text, html } = message
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${messageId}>`,
    // Keeps out-of-office replies away (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
