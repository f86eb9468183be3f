import { spawnSync } from 'node:child_process'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startProgram } from '../../server/test/programs.ts'

export type Account = { url: string; email: string; password: string }

const program = (name: string) =>
  fileURLToPath(new URL(`../../server/src/${name}`, import.meta.url))

/** A server of its own, with one account whose book has so many invented people. */
export async function startFilledServer(contacts: number): Promise<Account & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await mkdtempDisposable(join(tmpdir(), 'kith-audit-')))
  const port = await freePort()
  const account = {
    url: `http://localhost:${port}`,
    email: 'audit@example.org',
    password: 'correct horse battery staple',
  }
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: folder.path,
    PORT: `${port}`,
    PUBLIC_URL: account.url,
  }
  const server = await startProgram(process.execPath, [program('main.ts')], /Kith is ready/, {
    env,
  })
  stack.defer(() => server.end('SIGTERM'))
  const kith = (...words: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [program('cli.ts'), ...words], { env })
    if (status !== 0) throw new Error(String(stderr))
  }
  const { email, password } = account
  kith('user:create', '--email', email, '--username', 'Ada', '--password', password)
  kith('populate', '--email', email, '--count', `${contacts}`)
  const resources = stack.move()
  return { ...account, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
