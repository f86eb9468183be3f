import { resolve } from 'node:path'
import { emailKey } from '../accounts/email-address.ts'
import { findUserByEmail } from '../accounts/user-queries.ts'
import { toUser } from '../accounts/users.ts'
import { writeWholeFile } from '../backup/whole-file.ts'
import { archiveOf } from '../exports/archive.ts'
import { noAccount } from './accounts.ts'
import { emailOption, textOption, type Command } from './command.ts'

/** Writes the ZIP archive that its owner can download. */
export const exportAccount: Command = {
  name: 'user:export',
  about: 'write all of an account into a ZIP file',
  operands: ['FILE'],
  options: emailOption,
  prepare: async (request) => ({
    ...request,
    operands: request.operands.map((path) => resolve(path)),
  }),
  async run({ db, database, config }, request) {
    const email = textOption(request, 'email')
    const [file = ''] = request.operands
    const user = await findUserByEmail(db, emailKey(email))
    if (!user) return noAccount(email)
    const { preferences } = user
    await writeWholeFile(file, (save) =>
      save(archiveOf(database.read, { user: toUser(user, config.publicUrl), preferences })),
    )
    return { text: `Wrote ${file}.` }
  },
}
