import { emailKey } from '../accounts/email-address.ts'
import { findUserByEmail } from '../accounts/user-queries.ts'
import { openDatabase } from '../db/database.ts'
import { newMigration } from '../db/migrate.ts'
import { prepareDatabase } from '../db/prepare.ts'
import { openOrJoinSource } from '../db/source.ts'
import { createLogger } from '../log.ts'
import { populate } from '../samples/populate.ts'
import { emailOption, textOption, UsageError, type Command } from './command.ts'

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
    about: 'give an account sample contacts, with labels and drawn faces',
    options: { ...emailOption, count: { value: 'NUMBER', about: '100 without it' } },
    async run({ db, database }, request) {
      const email = textOption(request, 'email')
      const number = textOption(request, 'count', '100')
      if (!/^[1-9]\d{0,4}$/.test(number)) throw new UsageError('--count must be 1 to 99999.')
      const user = await findUserByEmail(db, emailKey(email))
      if (!user) {
        throw new UsageError(`There is no account with the address ${email}. Sign up first.`)
      }
      const author = { ownerId: user.id, actorId: user.id, via: 'populate' } as const
      const added = await populate(database, author, Number(number))
      return { text: `Added ${added} contacts to ${user.email}.` }
    },
  },
]

function applied(names: string[]): string {
  return names.length === 0 ? 'Already up to date.' : `Applied ${names.join(', ')}.`
}
