import type { Mail } from '../../jobs/job-data.ts'
import type { Message } from '../../mail/transport.ts'
import type { Services } from '../../services.ts'
import { emailKey } from '../email-address.ts'
import { findEmailChange } from '../email-change/queries.ts'
import { mailedTokenTtlHours, storeMailedToken } from '../mailed-tokens.ts'
import { findUserByEmail } from '../user-queries.ts'
import { circumstancesOf, linkTo, render, type Content, type Reader } from './messages.ts'

type ChangeMail = Extract<Mail, { changeId: string }>
type Draft = Omit<Message, 'messageId'>

/**
 * Writes one of the two mails about a change of the address, while it is still asked for. Only here is
 * looked whether the new address has an account, so that whoever asks learns nothing of it.
 */
export async function writeEmailChange(
  { db, config }: Pick<Services, 'db' | 'config'>,
  mail: ChangeMail,
): Promise<Draft | undefined> {
  const { publicUrl } = config
  const { userId } = mail
  const change = await findEmailChange(db, userId, mail.changeId)
  if (!change) return undefined
  const reader = { username: change.username, email: change.current_email }
  if (mail.kind === 'email_change_notice') {
    const token = await storeMailedToken(db, userId, 'stop_email_change', reader.email)
    return { to: reader.email, ...noticeMail(publicUrl, reader, change.email, mail, token) }
  }
  const holder = await findUserByEmail(db, emailKey(change.email))
  if (holder && holder.id !== userId) {
    return holder.disabled_at ? undefined : { to: holder.email, ...takenMail(publicUrl, holder) }
  }
  const token = await storeMailedToken(db, userId, 'change_email', change.email)
  return { to: change.email, ...changeMail(publicUrl, reader, change.email, token) }
}

/** Asks the owner of an address to confirm that an account may move to it. */
function changeMail(publicUrl: URL, reader: Reader, email: string, token: string): Content {
  return render({
    subject: 'Confirm your new e-mail address',
    username: reader.username,
    opening: `Somebody, hopefully you, asked that an account for Kith at ${publicUrl.host} gets the address ${email}.`,
    action: { label: 'Confirm my new address', ...linkTo(publicUrl, 'confirm', token) },
    closing: [
      `The link is valid for ${mailedTokenTtlHours.change_email / 24} days. All other sessions end with the change.`,
      'If it was not you, ignore this mail: without your confirmation nothing changes.',
    ],
  })
}

/** Notifies the owner of an account that it is to get another address. */
function noticeMail(
  publicUrl: URL,
  { username, email }: Reader,
  newEmail: string,
  mail: ChangeMail,
  token: string,
): Content {
  const days = mailedTokenTtlHours.stop_email_change / 24
  const stop = `If it was not you, the link keeps this address, for ${days} days and also after the change. Set a new password then.`
  return render({
    subject: 'Your account is to get another e-mail address',
    username,
    opening:
      'Somebody, hopefully you, asked for another e-mail address for your account. It changes as soon ' +
      'as the new one is confirmed.',
    facts: [
      ['Account', email],
      ['New address', newEmail],
      ['Server', publicUrl.host],
      ...circumstancesOf(mail),
    ],
    action: { label: 'Keep this address', ...linkTo(publicUrl, 'keep-email', token) },
    closing: ['If it was you, there is nothing to do here.', stop],
  })
}

/** Notifies the owner of an address that somebody else asked for it in vain. */
function takenMail(publicUrl: URL, { username, email }: Reader): Content {
  return render({
    subject: 'Somebody asked for your e-mail address',
    username,
    opening:
      `Somebody asked that another account for Kith at ${publicUrl.host} gets the address ${email}. ` +
      'It is the address of your account, so nothing was changed.',
    closing: [
      'If it was you, delete one of the two accounts, or use another address for it.',
      'If it was not you, there is nothing to do.',
    ],
  })
}
