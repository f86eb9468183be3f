import { parseArgs } from 'node:util'
import { emailKey } from './accounts/email-address.ts'
import { createContact } from './contacts/contacts.ts'
import { sampleContacts } from './contacts/sample-contacts.ts'
import { migrate } from './db/migrate.ts'
import { OperatorError } from './operator-error.ts'
import type { Services } from './services.ts'
import { findUserByEmail } from './accounts/user-queries.ts'
import { setAccountDisabled } from './accounts/users.ts'

/** What was asked for cannot be done as asked; the message says how. */
export class UsageError extends OperatorError {
  override name = 'UsageError'
}

/** Services and words in, one sentence out. */
export type Command = (services: Services, args: string[]) => Promise<string>

// Of one transaction.
const batchSize = 100

/** What an operator can ask of the data, whether or not the server runs. */
const commands: Record<string, Command> = {
  /** Brings the database up to date. */
  async migrate({ db }) {
    return migrated(await migrate(db))
  },

  /** Gives a user realistic contacts: `--email you@example.com --count 200`. */
  async populate({ db, database }, args) {
    const { email, count } = optionsOf(args)
    if (!/^[1-9]\d{0,4}$/.test(count)) throw new UsageError('--count must be 1 to 99999.')
    const user = await findUserByEmail(db, emailKey(email))
    if (!user) throw new UsageError(`There is no account with the address ${email}. Sign up first.`)
    const contacts = sampleContacts(Number(count), Temporal.Now.plainDateISO())
    const author = { ownerId: user.id, actorId: user.id, via: 'populate' } as const
    for (let start = 0; start < contacts.length; start += batchSize) {
      await database.transaction(async (write) => {
        for (const contact of contacts.slice(start, start + batchSize)) {
          await createContact({ write, transaction: (work) => work(write) }, author, contact)
        }
      })
    }
    return `Added ${contacts.length} contacts to ${user.email}.`
  },

  /** Shuts an account out, at once: `--email`. */
  async 'user:disable'(services, args) {
    const { email } = optionsOf(args)
    const user = await setAccountDisabled(services, emailKey(email), true)
    return user ? `${user.email} is shut out.` : noAccount(email)
  },

  /** Lets an account in again: `--email`. */
  async 'user:enable'(services, args) {
    const { email } = optionsOf(args)
    const user = await setAccountDisabled(services, emailKey(email), false)
    return user ? `${user.email} may log in again.` : noAccount(email)
  },
}

export function findCommand(name: string): Command | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined
}

/** Says which migrations were applied. */
export function migrated(names: string[]): string {
  return names.length === 0 ? 'Already up to date.' : `Applied ${names.join(', ')}.`
}

function optionsOf(args: string[]): { email: string; count: string } {
  const options = { email: { type: 'string' }, count: { type: 'string', default: '100' } } as const
  const { email, count } = parseArgs({ args, options, strict: false }).values
  if (typeof email !== 'string' || !email.includes('@'))
    throw new UsageError('Say whose: --email you@example.com')
  return { email, count: String(count) }
}

function noAccount(email: string): never {
  throw new UsageError(`There is no account with the address ${email}.`)
}
