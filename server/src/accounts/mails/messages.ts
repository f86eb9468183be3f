import type { Mail } from '../../jobs/job-data.ts'
import { defuseLinks } from '../../mail/defuse-links.ts'
import { toHtml, toText, type Letter } from '../../mail/layout.ts'
import type { Message } from '../../mail/transport.ts'
import type { KeyKind } from '../access-keys/secret.ts'
import { inviteTtlDays } from '../invites.ts'
import { mailedTokenTtlHours } from '../mailed-tokens.ts'

/** What a mail says. */
export type Content = Pick<Message, 'subject' | 'text' | 'html' | 'link'>

export type Reader = { username: string; email: string }
type Notice = Exclude<Extract<Mail, { userId: string }>, { changeId: string }>

/** Asks the owner of an address to confirm that an account may have it. */
export function confirmationMail(
  publicUrl: URL,
  { username, email }: Reader,
  token: string,
): Content {
  return render({
    subject: 'Confirm your e-mail address',
    username,
    opening: `Somebody, hopefully you, signed up for Kith at ${publicUrl.host} with the address ${email}.`,
    action: {
      label: 'Confirm my address',
      ...linkTo(publicUrl, 'confirm', token),
    },
    closing: [
      `The link is valid for ${mailedTokenTtlHours.confirm_email / 24} days.`,
      'If it was not you, ignore this mail: without your confirmation nobody can use the account.',
    ],
  })
}

/** Lets whoever reads the mail set a new password. */
export function passwordResetMail(
  publicUrl: URL,
  { username, email }: Reader,
  token: string,
): Content {
  return render({
    subject: 'Set a new password',
    username,
    opening: `Somebody, hopefully you, asked to set a new password for the account ${email} at ${publicUrl.host}.`,
    action: {
      label: 'Set a new password',
      ...linkTo(publicUrl, 'reset-password', token),
    },
    closing: [
      `The link is valid for ${mailedTokenTtlHours.reset_password} hour and works once.`,
      'If it was not you, ignore this mail: your password stays as it is.',
    ],
  })
}

const notices: Record<Notice['kind'], Pick<Letter, 'subject' | 'opening' | 'closing'>> = {
  password_changed: {
    subject: 'Your password was changed',
    opening: 'The password of your account was changed, and all other sessions were ended.',
    closing: ['If it was not you, ask for a password reset at once: it ends every session.'],
  },
  password_reset: {
    subject: 'Your password was reset',
    opening:
      'A new password was set by a link that we mailed to this address. All sessions were ended: ' +
      'log in again with the new password.',
    closing: [
      'If it was not you, somebody else reads your mail. Secure your mailbox first, then ask for ' +
        'a password reset.',
    ],
  },
  password_set: {
    subject: 'You have a new password',
    opening:
      'The people who run the server set a new password for your account. All sessions were ended: ' +
      'log in again with the password that they give you.',
    closing: ['If you did not ask them to, ask them why, or ask for a password reset.'],
  },
  api_token_created: {
    subject: 'You have a new API token',
    opening: 'An API token was made for your account. Whoever has it gets at your contacts.',
    closing: [
      'If it was not you, log out everywhere, which ends every token too, and change your password.',
    ],
  },
  app_password_created: {
    subject: 'You have a new app password',
    opening:
      'An app password was made for your account. The program that has it gets at your contacts.',
    closing: [
      'If it was not you, log out everywhere, which ends every app password too, and change your ' +
        'password.',
    ],
  },
  email_change_reverted: {
    subject: 'Your account has this address again',
    opening:
      'The link in our mail about another e-mail address was used: your account has this address ' +
      'again. All sessions, API tokens and app passwords were ended.',
    closing: [
      'Set a new password, log in again, and make new API tokens and app passwords for your programs.',
    ],
  },
  session_stolen: {
    subject: 'One of your sessions was ended',
    opening:
      'A key of your session was used twice, as it happens when somebody has copied it. We ended ' +
      'that session: log in again. The second use was this:',
    closing: [
      'If you do not know this device or address, ask for a password reset: it ends every session.',
    ],
  },
}

/** The notices after which programs still get in with the keys that they have. */
const leavesKeys: ReadonlySet<string> = new Set([
  'password_changed',
  'password_reset',
  'password_set',
])

const maxUserAgentLength = 200

/**
 * Notifies the owner of an account of what happened to it, when, and from where.
 * @param keys the keys for programs that are still good
 */
export function accountNoticeMail(
  publicUrl: URL,
  { username, email }: Reader,
  notice: Notice,
  keys: LiveKey[] = [],
): Content {
  const { kind } = notice
  const { closing, ...words } = notices[kind]
  const kept = leavesKeys.has(kind) ? keys : []
  return render({
    ...words,
    username,
    closing: kept.length === 0 ? closing : [keysKept, ...closing],
    facts: [
      ...('keyName' in notice ? aboutKey(notice) : []),
      ['Account', email],
      ['Server', publicUrl.host],
      ...circumstancesOf(notice),
      ...kept.map(({ kind, name }) => factOf(keyWords[kind], name)),
    ],
  })
}

/** When something happened, and by which device. */
export function circumstancesOf({
  at,
  userAgent,
  ip,
}: Pick<Notice, 'at' | 'userAgent' | 'ip'>): [string, string][] {
  const device = defuseLinks(userAgent.slice(0, maxUserAgentLength)) || 'unknown'
  const when: [string, string] = ['When', inUtc(at)]
  return ip === '' ? [when] : [when, ['Device', device], ['Address', ip]]
}

type LiveKey = { kind: KeyKind; name: string }

const keyWords: Record<KeyKind, string> = {
  api_token: 'API token',
  app_password: 'App password',
}
const keysKept =
  'The API tokens and app passwords above still work. Delete those that you do not know, or log out ' +
  'everywhere, which ends them all.'

function aboutKey({ keyName, scope }: Extract<Notice, { keyName: string }>): [string, string][] {
  return [
    factOf('Name', keyName),
    ['Access', scope === 'read_only' ? 'read only' : 'read and change'],
  ]
}

function factOf(name: string, value: string): [string, string] {
  return [name, defuseLinks(value)]
}

/** Lets whoever reads the mail open an account. */
export function invitationMail(publicUrl: URL, email: string, link: URL, secret: string): Content {
  return render({
    subject: `You are invited to Kith at ${publicUrl.host}`,
    username: email,
    opening: `The people who run Kith at ${publicUrl.host} invite you to open an account there, with the address ${email}.`,
    action: { label: 'Create my account', link, page: new URL('signup', publicUrl), code: secret },
    closing: [
      `The invitation is valid for ${inviteTtlDays} days and works once.`,
      'If you do not know what this is about, ignore this mail.',
    ],
  })
}

/** Says goodbye. */
export function accountDeletedMail(
  publicUrl: URL,
  { username, email, at }: Extract<Mail, { kind: 'account_deleted' }>,
): Content {
  return render({
    subject: 'Your account was deleted',
    username,
    opening:
      `Your account ${email} at ${publicUrl.host} was deleted on ${inUtc(at)}, with all its ` +
      'contacts. They cannot be brought back; the address is free to sign up again.',
    closing: [`If it was not you, tell the people who run ${publicUrl.host}.`],
  })
}

/**
 * The token stands in the path, since mail gateways break what follows a #, and as a code beside the
 * link, for whom the link does not open.
 */
export function linkTo(publicUrl: URL, path: string, token: string) {
  const page = new URL(path, publicUrl)
  return { link: new URL(`${path}/${token}`, publicUrl), page, code: token }
}

/** Makes both forms of a mail. */
export function render(content: Letter): Content {
  const letter = { ...content, username: defuseLinks(content.username) }
  return {
    subject: letter.subject,
    text: toText(letter),
    html: toHtml(letter),
    link: letter.action?.link.href ?? null,
  }
}

const dateAndTime = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

function inUtc(iso: string): string {
  return `${dateAndTime.format(new Date(iso))} UTC`
}
