import { emailKey } from '../accounts/email-address.ts'
import { findUserByEmail } from '../accounts/user-queries.ts'
import { createContact } from '../contacts/contacts.ts'
import { sampleContacts } from '../contacts/sample-contacts.ts'
import { openDatabase } from '../db/database.ts'
import { newMigration } from '../db/migrate.ts'
import { prepareDatabase } from '../db/prepare.ts'
import { openOrJoinSource } from '../db/source.ts'
import { createLogger } from '../log.ts'
import { emailOption, textOption, UsageError, type Command } from './command.ts'

// Contacts in one transaction, so that other work need not wait long.
const batchSize = 100

export const databaseCommands: Command[] = [
  {
    name: 'migrate',
    about: 'bring the database up to date, as every start does',
    async alone(readSettings) {
      const config = readSettings({ secretKey: false })
      const log = createLogger('warn')
      await using source = await openOrJoinSource(config, log)
      await using database = openDatabase(source.url, log)
      return { text: applied(await prepareDatabase(source.url, database, log)) }
    },
  },
  {
    name: 'migrate new',
    about: 'make the next migration file',
    operands: ['NAME'],
    alone: async (_readSettings, { operands }) => ({
      text: `Made server/${await newMigration(operands.join(' '))}`,
    }),
  },
  {
    name: 'populate',
    about: 'give an account sample contacts',
    options: { ...emailOption, count: { value: 'NUMBER', about: '100 without it' } },
    async run({ db, database }, request) {
      const email = textOption(request, 'email')
      const number = textOption(request, 'count', '100')
      if (!/^[1-9]\d{0,4}$/.test(number)) throw new UsageError('--count must be 1 to 99999.')
      const user = await findUserByEmail(db, emailKey(email))
      if (!user) {
        throw new UsageError(`There is no account with the address ${email}. Sign up first.`)
      }
      const contacts = sampleContacts(Number(number), Temporal.Now.plainDateISO())
      const author = { ownerId: user.id, actorId: user.id, via: 'populate' } as const
      for (let start = 0; start < contacts.length; start += batchSize) {
        await database.transaction(async (write) => {
          for (const contact of contacts.slice(start, start + batchSize)) {
            await createContact({ write, transaction: (work) => work(write) }, author, contact)
          }
        })
      }
      return { text: `Added ${contacts.length} contacts to ${user.email}.` }
    },
  },
]

function applied(names: string[]): string {
  return names.length === 0 ? 'Already up to date.' : `Applied ${names.join(', ')}.`
}
