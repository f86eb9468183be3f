import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { until } from './until.ts'

export type Mailbox = {
  /**
   * Waits for the oldest mail that `next` has not given yet.
   * @throws Error when none has come after half a minute
   */
  next(wanted: { to: string; subject?: RegExp }): Promise<Email>
  /** All mails to an address (to anyone, by default) until now, oldest first. */
  all(to?: string): Promise<Email[]>
}

/** @param received all mails until now, oldest first; the same objects every time */
export function createMailbox(received: () => Promise<Email[]>): Mailbox {
  const given = new Set<Email>()
  const all = async (to?: string) =>
    (await received()).filter((mail) => to === undefined || recipients(mail).includes(to))
  return {
    all,
    next: ({ to, subject }) =>
      until(`a mail to ${to} ${subject ?? ''}`, async () => {
        const mail = (await all(to)).find(
          (mail) => !given.has(mail) && (subject?.test(mail.subject ?? '') ?? true),
        )
        if (mail) given.add(mail)
        return mail
      }),
  }
}

/** The mails that the embedded default writes as files. */
export function outboxOf(dataDir: string): Mailbox {
  const folder = join(dataDir, 'outbox')
  // As promises: who asks meanwhile gets the same mail, not another object of it.
  const parsed = new Map<string, Promise<Email>>()
  const parse = async (name: string) => PostalMime.parse(await readFile(join(folder, name)))
  return createMailbox(async () => {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'))
    for (const name of names.sort()) if (!parsed.has(name)) parsed.set(name, parse(name))
    return Promise.all(parsed.values())
  })
}

/** The one link of a mail's text. */
export function linkIn(mail: Email): URL {
  const [link] = /https?:\/\/\S+/.exec(mail.text ?? '') ?? []
  if (!link) throw new Error(`there is no link in: ${mail.text}`)
  return new URL(link)
}

/** The token in a mail's link: 32 bytes, base64url. */
export function tokenIn(mail: Email): string {
  const [token] = /(?<![\w-])[\w-]{43}(?![\w-])/.exec(linkIn(mail).href) ?? []
  if (!token) throw new Error(`there is no token in ${linkIn(mail).href}`)
  return token
}

function recipients({ to = [] }: Email) {
  return to.map((mailbox) => mailbox.address)
}
