import { createHash, randomUUID } from 'node:crypto'
import type { Mail } from '../../jobs/job-data.ts'
import { createDeliveryLog, storableError } from '../../mail/delivery-log.ts'
import { RecipientRefused } from '../../mail/recipient-refused.ts'
import type { Message } from '../../mail/transport.ts'
import type { Services } from '../../services.ts'
import { listLiveKeys } from '../access-keys/queries.ts'
import { emailKey } from '../email-address.ts'
import { storeMailedToken } from '../mailed-tokens.ts'
import { findUser, findUserByEmail } from '../user-queries.ts'
import { writeEmailChange } from './email-change.ts'
import {
  accountDeletedMail,
  accountNoticeMail,
  confirmationMail,
  passwordResetMail,
} from './messages.ts'

type Needs = Pick<Services, 'db' | 'transport' | 'metrics' | 'log' | 'config'>
type MailedLink = Extract<Mail, { requestedAt: string }>
type Draft = Omit<Message, 'messageId'>

// Long enough for an operator to mend a relay that refuses everybody; a mailbox that does not
// exist is not knocked at for longer.
const refusalPatienceMs = 60 * 60 * 1000

/**
 * Writes the mails that were queued and hands them to the transport. One that is no longer called
 * for is dropped: its address has no account, or what it asks for has been done.
 * @returns the handler of the mail queue; it rejects when the mail is to be tried again
 */
export function createMailDelivery({ db, transport, metrics, log, config }: Needs) {
  const deliveryLog = createDeliveryLog(log)
  return async function deliver(mail: Mail): Promise<void> {
    const { kind } = mail
    const draft = await write({ db, config }, mail)
    if (!draft) return metrics.mails.inc({ kind, result: 'dropped' })
    const messageId = `${idOf(mail, draft)}@${config.publicUrl.hostname}`
    try {
      await transport.send({ messageId, ...draft })
    } catch (error) {
      if (error instanceof RecipientRefused && ageMs(mail) > refusalPatienceMs) {
        deliveryLog.gaveUp(kind, error)
        return metrics.mails.inc({ kind, result: 'dropped' })
      }
      metrics.mails.inc({ kind, result: 'failed' })
      deliveryLog.failed(kind, error)
      throw storableError(error)
    }
    metrics.mails.inc({ kind, result: 'sent' })
    deliveryLog.sent()
  }
}

async function write(needs: Pick<Needs, 'db' | 'config'>, mail: Mail): Promise<Draft | undefined> {
  const { publicUrl } = needs.config
  if ('requestedAt' in mail) return writeLink(needs, mail)
  if ('changeId' in mail) return writeEmailChange(needs, mail)
  if (mail.kind === 'account_deleted')
    return { to: mail.email, ...accountDeletedMail(publicUrl, mail) }
  const user = await findUser(needs.db, mail.userId)
  if (!user) return undefined
  const keys = await listLiveKeys(needs.db, user.id)
  return { to: user.email, ...accountNoticeMail(publicUrl, user, mail, keys) }
}

async function writeLink(
  { db, config }: Pick<Needs, 'db' | 'config'>,
  { kind, email, requestedAt }: MailedLink,
): Promise<Draft | undefined> {
  const user = await findUserByEmail(db, emailKey(email))
  if (!user || user.disabled_at) return undefined
  const isDone =
    kind === 'confirm_email'
      ? user.confirmed_at !== null
      : user.password_changed_at > new Date(requestedAt)
  if (isDone) return undefined
  const token = await storeMailedToken(db, user.id, kind, user.email)
  const write = kind === 'confirm_email' ? confirmationMail : passwordResetMail
  return { to: user.email, ...write(config.publicUrl, user, token) }
}

/** The same for every attempt, unless there is a new link in each: see {@link Message}. */
function idOf(mail: Mail, { link }: Draft): string {
  if (link) return randomUUID()
  return createHash('sha256').update(JSON.stringify(mail)).digest('hex').slice(0, 32)
}

function ageMs(mail: Mail): number {
  return Date.now() - Date.parse('requestedAt' in mail ? mail.requestedAt : mail.at)
}
