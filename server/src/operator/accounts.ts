import { randomInt } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { setPasswordFor } from '../accounts/passwords/change.ts'
import { createAccount } from '../accounts/sign-up.ts'
import { listAccounts } from '../accounts/user-queries.ts'
import { deleteAccountOf, setAccountDisabled } from '../accounts/users.ts'
import { AppError } from '../errors.ts'
import { emailOption, textOption, UsageError, type Command, type Request } from './command.ts'
import { count, table } from './layout.ts'

const passwordOption = {
  password: { value: 'TEXT', about: 'without it, one is made and printed' },
}

export const accountCommands: Command[] = [
  {
    name: 'user:list',
    about: 'all accounts',
    async run({ db }, { width }) {
      const rows: string[][] = []
      const pageSize = 1000
      let after: string | null = null
      for (;;) {
        const page: Awaited<ReturnType<typeof listAccounts>> = await listAccounts(
          db,
          after,
          pageSize,
        )
        for (const { email, username, created_at, last_seen_at, ...row } of page) {
          rows.push([email, stateOf(row), username, dayOf(created_at), dayOf(last_seen_at)])
        }
        after = page.at(-1)?.id ?? null
        if (page.length < pageSize) break
      }
      if (rows.length === 0) return { text: 'There are no accounts yet.' }
      const header = ['E-MAIL', 'STATE', 'NAME', 'SINCE', 'LAST SEEN']
      const sum = count(rows.length, 'account', 'accounts')
      return { text: `${table(header, rows, width)}\n\n${sum}` }
    },
  },
  {
    name: 'user:create',
    about: 'make an account; its address needs no confirmation',
    options: {
      ...emailOption,
      username: { value: 'NAME', isRequired: true },
      ...passwordOption,
    },
    makesDatabase: true,
    async run(services, request) {
      const { password, line } = passwordOf(request)
      const email = textOption(request, 'email')
      const username = textOption(request, 'username')
      const user = await refusing(() => createAccount(services, { email, username, password }))
      return { text: `${user.email} has an account.${line}` }
    },
  },
  {
    name: 'user:reset-password',
    about: 'set a new password; ends all sessions, and tells the owner by mail',
    options: { ...emailOption, ...passwordOption },
    async run(services, request) {
      const { password, line } = passwordOf(request)
      const email = textOption(request, 'email')
      const user = await refusing(() => setPasswordFor(services, email, password))
      if (!user) return noAccount(email)
      return { text: `${user.email} has a new password, and no session any more.${line}` }
    },
  },
  {
    name: 'user:disable',
    about: 'shut an account out, at once',
    options: emailOption,
    async run(services, request) {
      const email = textOption(request, 'email')
      const user = await setAccountDisabled(services, email, true)
      return user ? { text: `${user.email} is shut out.` } : noAccount(email)
    },
  },
  {
    name: 'user:enable',
    about: 'let it in again',
    options: emailOption,
    async run(services, request) {
      const email = textOption(request, 'email')
      const user = await setAccountDisabled(services, email, false)
      return user ? { text: `${user.email} may log in again.` } : noAccount(email)
    },
  },
  {
    name: 'user:delete',
    about: 'delete an account with everything in it',
    options: { ...emailOption, yes: { about: 'without asking' } },
    async prepare(request) {
      if (request.options['yes'] !== true) await confirmDeletion(textOption(request, 'email'))
      return request
    },
    async run(services, request) {
      const email = textOption(request, 'email')
      const user = await deleteAccountOf(services, email)
      return user ? { text: `${user.email} and everything of it is gone.` } : noAccount(email)
    },
  },
]

export function noAccount(email: string): never {
  throw new UsageError(`There is no account with the address ${email}.`)
}

async function confirmDeletion(email: string) {
  if (!process.stdin.isTTY)
    throw new UsageError('Add --yes to delete an account without a question.')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = await terminal.question(
      `This deletes the account with all its contacts, for good.\nType ${email} to confirm: `,
    )
    if (answer.trim() !== email) throw new UsageError('Nothing was deleted.')
  } finally {
    terminal.close()
  }
}

// Without letters and digits that look alike; 20 of these are 98 bits.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** The password that was given, or a new one and the line that shows it. */
function passwordOf(request: Request): { password: string; line: string } {
  const given = textOption(request, 'password')
  if (given !== '') return { password: given, line: '' }
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join(''),
  )
  const password = groups.join('-')
  return { password, line: `\nPassword: ${password}` }
}

/** Says in the words of the command line what the rules of accounts refuse. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const fields = error.errors?.map(({ pointer, detail }) => `--${pointer.slice(1)} ${detail}`)
    throw new UsageError(fields?.join('\n') ?? `${error.message}.`)
  }
}

function stateOf(row: { confirmed_at: Date | null; disabled_at: Date | null }): string {
  if (row.disabled_at) return 'shut out'
  return row.confirmed_at ? 'active' : 'unconfirmed'
}

function dayOf(time: Date | null): string {
  return time ? time.toISOString().slice(0, 10) : 'never'
}
