import { text, type Message } from '../strings/text.ts'
import type { Refusal } from './api.ts'

/** Above it, waits are told in minutes. */
export const longWaitSeconds = 120

const sentences: Record<string, Message> = {
  account_exists: 'account.exists',
  email_not_confirmed: 'account.unconfirmed',
  invalid_invite: 'account.deadInvite',
  invalid_login: 'account.wrongLogin',
  invalid_reset_token: 'account.deadCode',
  invite_required: 'account.inviteRequired',
  registration_closed: 'account.closedNote',
  unreachable: 'account.unreachable',
  verification_error: 'account.deadCode',
}

const faults: Record<string, Message> = {
  email: 'account.emailFault',
  invite: 'account.deadInvite',
  password: 'account.passwordFault',
  token: 'account.codeFault',
  username: 'account.nameFault',
}

/** What to say of a refusal above the form. */
export function sentenceOf({ code, detail, waitSeconds }: Refusal): string {
  if (waitSeconds > longWaitSeconds) {
    return text('account.waitMinutes', { minutes: Math.ceil(waitSeconds / 60) })
  }
  if (waitSeconds > 0) return text('account.wait', { seconds: waitSeconds })
  const sentence = sentences[code]
  if (sentence) return text(sentence)
  return detail || text('account.failed')
}

/** Whether its fields say themselves what is wrong. */
export const isOfFields = ({ code, fields }: Refusal): boolean =>
  fields.length > 0 && ['validation_failed', 'invalid_invite'].includes(code)

/** The name of the field to correct after a refusal; empty where no field is to blame. */
export function fieldOf({ code, fields }: Refusal): string {
  return code === 'invalid_login' ? 'password' : (fields[0] ?? '')
}

/** What to say of a refusal at a field; null where it was not about that field. */
export function faultOf(refusal: Refusal | null, field: string): string | null {
  const fault = faults[field]
  return fault && refusal?.fields.includes(field) ? text(fault) : null
}
