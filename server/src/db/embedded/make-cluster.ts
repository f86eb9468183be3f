import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { OperatorError } from '../../operator-error.ts'
import { reasonOf } from '../errors.ts'
import { makePassword } from './address.ts'
import { anyNamedUser, giveTo, type User } from './owner.ts'
import { lastComplaint } from './postgres-log.ts'
import { explainSpawnError, type Programs } from './programs.ts'
import { runIn, type RunIn } from './run-in.ts'
import { syncToDisk } from './sync-to-disk.ts'

const isWindows = process.platform === 'win32'
// Nobody but the owner gets into the folder, in which the socket is.
const authentication = isWindows
  ? ['--auth=scram-sha-256']
  : ['--auth-local=trust', '--auth-host=reject']
const initdbFlags = ['--no-locale', '--encoding=UTF8', '--no-instructions', ...authentication]

/**
 * Makes a cluster with a database `kith` that belongs to a role `kith`: beside its place, and moved there
 * when it is whole, so that what a crash leaves is not taken for one.
 * @throws OperatorError when that is not possible
 */
export async function makeCluster(
  folder: string,
  programs: Programs,
  owner: User | undefined,
): Promise<void> {
  const prefix = `${folder}.unfinished-`
  try {
    removeUnfinished(prefix)
    const unfinished = mkdtempSync(prefix)
    const maker = owner && anyNamedUser()
    if (maker) giveTo(maker, unfinished)
    const password = isWindows ? makePassword(folder) : null
    const running = runIn(unfinished, maker)
    await runProgram(programs.initdb, running, [
      '--username=postgres',
      ...initdbFlags,
      ...(password ? [`--pwfile=${password.file}`] : []),
    ])
    await runProgram(
      programs.postgres,
      running,
      ['--single', 'template1'],
      [
        `create role kith login ${password ? `password '${password.text}'` : ''}`,
        'alter database postgres rename to kith',
        'alter database kith owner to kith',
      ].join(';\n'),
    )
    if (owner) giveTo(owner, unfinished)
    renameSync(unfinished, folder)
    syncToDisk(dirname(folder))
  } catch (error) {
    if (error instanceof OperatorError) throw error
    throw new OperatorError(
      `No database could be made in ${folder}: ${adviceFor(reasonOf(error))}.`,
    )
  }
}

function adviceFor(reason: string): string {
  return reason.includes('could not look up effective user ID')
    ? `${reason}. Run Kith as a user that has a name here, or set DATABASE_URL`
    : reason
}

/** Each has a name of its own: the program that a Kith was killed with may still write there. */
function removeUnfinished(prefix: string) {
  const names = readdirSync(dirname(prefix)).filter((name) => name.startsWith(basename(prefix)))
  for (const name of names)
    rmSync(join(dirname(prefix), name), { recursive: true, force: true, maxRetries: 10 })
}

async function runProgram(
  program: string,
  { options, reachedBy }: RunIn,
  args: string[],
  input = '',
) {
  const [first = '', ...rest] = args
  const child = spawn(program, [first, '-D', reachedBy, ...rest], {
    ...options,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const ended = Promise.withResolvers<number | null>()
  child.once('error', (error) => ended.reject(explainSpawnError(error)))
  child.once('close', ended.resolve)
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [code, output] = await Promise.all([ended.promise, text(child.stderr)])
  const reason = lastComplaint(output)
  // A stand-alone PostgreSQL goes on after an error, and ends well.
  if (code !== 0 || reason)
    throw new Error(reason || output.trim() || `${program} ended with code ${code}`)
}
