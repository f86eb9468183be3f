import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPrograms, freePort } from '../../server/test/programs.ts'
import { until } from '../../server/test/until.ts'
import { connect, type DavBook } from './client.ts'

const readyWithinMs = 30_000
const book = '/bench/contacts/'

/**
 * Debian's Radicale with a book of these cards, its files below `folder`; undefined where it is not
 * installed. Each file is named for the UID of its card.
 */
export async function startRadicale(
  folder: string,
  cards: readonly string[],
): Promise<(DavBook & AsyncDisposable) | undefined> {
  const [program] = findPrograms(['radicale'])
  if (!program) return undefined
  const port = await freePort()
  const files = join(folder, 'radicale')
  await mkdir(files)
  const config = join(files, 'config')
  const settings = `[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = none\n
[storage]\nfilesystem_folder = ${files}\n[logging]\nlevel = error\n`
  await writeFile(config, settings)
  const server = spawn(program, ['--config', config], { stdio: 'ignore' })
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  const url = `http://127.0.0.1:${port}`
  const client = connect(url, 'bench', 'bench')
  await until('Radicale to answer', () => answers(url), readyWithinMs)
  // The whole book at once: one by one, each card would take it longer than the one before.
  await client.call('PUT', book, cards.join(''), { 'content-type': 'text/vcard; charset=utf-8' })
  return {
    client,
    path: book,
    async [Symbol.asyncDispose]() {
      client.close()
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
      process.off('exit', kill)
    },
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url, { redirect: 'manual' }).then(
    () => true,
    () => false,
  )
}
