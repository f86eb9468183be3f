import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../server/test/programs.ts'
import { until } from '../server/test/until.ts'

export type NodeProcess = AsyncDisposable & { pid: number; port: number; url: string }

type Start = {
  /** What it is called in the name of its log. */
  name: string
  script: URL
  nodeArgs?: string[]
  env: Record<string, string>
  /** Where it answers once it is ready. */
  readyPath: string
  /** Where its log goes, and where it runs, so that it finds no `.env`. */
  folder: string
}

const readyWithinMs = 60_000

/**
 * Starts a server on a free port, its output in a file, and waits until it answers. It never
 * outlives this process.
 * @throws Error with its output when it does not come up
 */
export async function startNode(start: Start): Promise<NodeProcess> {
  const { name, script, nodeArgs = [], env, readyPath, folder } = start
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const logFile = join(folder, `${name}-${port}.log`)
  const log = openSync(logFile, 'w')
  const child = spawn(process.execPath, [...nodeArgs, script.pathname], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: String(port), ...env },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = once(child, 'exit').then(() => void process.off('exit', kill))
  try {
    await until(`${name} to answer`, () => isReady(`${url}${readyPath}`, child), readyWithinMs)
  } catch (error) {
    kill()
    throw new Error(`${name} did not come up:\n${readFileSync(logFile, 'utf8')}`, { cause: error })
  }
  return {
    pid: child.pid ?? 0,
    port,
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function isReady(url: string, child: { exitCode: number | null }): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`)
  const answer = await fetch(url).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}
