import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { bareEnvironment } from './programs.ts'
import type { Settings } from './settings.ts'
import { until } from './until.ts'

export type Run = AsyncDisposable & {
  output(): string
  signal(name: NodeJS.Signals): void
  /** Resolves with the exit code when it is gone; with null when it was killed. */
  ended: Promise<number | null>
}

/** Runs the server's program, or the command line's, with nothing set but `settings`. */
export function run(name: 'main' | 'cli', args: string[], settings: Settings, cwd?: string): Run {
  const file = fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url))
  const env = { ...bareEnvironment(), HOST: '127.0.0.1', PORT: '0', ...settings }
  const child = spawn(process.execPath, [file, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => void (output += chunk.toString()))
  }
  const ended = exitCodeOf(child)
  return {
    output: () => output,
    signal: (name) => void child.kill(name),
    ended,
    async [Symbol.asyncDispose]() {
      kill()
      await ended
      process.off('exit', kill)
    },
  }
}

/** Starts the server where it cannot come up, and waits until it has given up. */
export async function runServer(settings: Settings) {
  await using program = run('main', [], settings)
  return { code: await program.ended, output: program.output() }
}

/** Starts the server, and kills it as soon as `isTime`. */
export async function runServerUntil(
  settings: Settings,
  isTime: (output: string) => boolean | Promise<boolean>,
) {
  await using program = run('main', [], settings)
  await until('the moment to kill', () => isTime(program.output()), 60_000)
}

/** Runs a command as `npm run kith -- …` does. */
export async function runCommand(args: string[], settings: Settings) {
  await using program = run('cli', args, settings)
  return { code: await program.ended, output: program.output().trim() }
}

/** Runs a command that has to give up with a sentence that matches, and no stack. */
export async function expectRefusal(args: string[], settings: Settings, sentence: RegExp) {
  const { code, output } = await runCommand(args, settings)
  assert.match(output, sentence)
  assert.doesNotMatch(output, /^\s+at /m)
  assert.equal(code, 1)
}

async function exitCodeOf(child: ChildProcess): Promise<number | null> {
  await once(child, 'close')
  return child.exitCode
}
