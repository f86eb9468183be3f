import { emailKey, normalizeEmail } from '../accounts/email-address.ts'
import { accountFormats } from '../accounts/formats.ts'
import { inviteTtlDays, storeInvite } from '../accounts/invites.ts'
import { invitationMail } from '../accounts/mails/messages.ts'
import { findUserByEmail } from '../accounts/user-queries.ts'
import type { Services } from '../services.ts'
import { emailOption, textOption, UsageError, type Command } from './command.ts'

const unneeded = {
  open: 'Now everybody can sign up, without an invite: REGISTRATION is open.',
  closed: 'Now nobody can sign up, not even with it: set REGISTRATION to invite.',
}

/** Makes an invite. It is mailed at once and by no job: only here its secret is known. */
export const invite: Command = {
  name: 'user:invite',
  about: `let an address sign up: once, within ${inviteTtlDays} days`,
  options: emailOption,
  makesDatabase: true,
  async run(services, request) {
    const { db, config } = services
    const email = normalizeEmail(textOption(request, 'email'))
    if (!accountFormats.email.isValid(email)) {
      throw new UsageError(`--email ${accountFormats.email.refusal}`)
    }
    if (await findUserByEmail(db, emailKey(email))) {
      throw new UsageError(`${email} has an account already.`)
    }
    const secret = await storeInvite(db, email)
    const link = new URL(`signup/${secret}`, config.publicUrl)
    const { registration } = config
    const lines = [
      `${email} may sign up within ${inviteTtlDays} days, once.`,
      `Link:   ${link.href}`,
      `Invite: ${secret}`,
      await mail(services, email, link, secret),
      registration === 'invite' ? '' : unneeded[registration],
    ]
    return { text: lines.filter(Boolean).join('\n') }
  },
}

async function mail(
  { config, transport }: Services,
  email: string,
  link: URL,
  secret: string,
): Promise<string> {
  if (!config.smtpUrl) return 'Give it to them yourself: no mail is sent without SMTP_URL.'
  const messageId = `${crypto.randomUUID()}@${config.publicUrl.hostname}`
  const content = invitationMail(config.publicUrl, email, link, secret)
  try {
    await transport.send({ messageId, to: email, ...content })
    return 'It was mailed to them.'
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `Give it to them yourself: it could not be mailed (${reason}).`
  }
}
