import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { OperatorError } from '../../operator-error.ts'
import { reasonOf } from '../errors.ts'
import { makePassword } from './address.ts'
import { lastWordsOf } from './last-words.ts'
import { anyNamedUser, giveTo, ownerFor, type User } from './owner.ts'
import { explainSpawnError, findPrograms, type Programs } from './programs.ts'
import { reachableByAll } from './reachable-copy.ts'
import { syncFolder } from './sync-folder.ts'

/** A folder of PostgreSQL's, and what it takes to run it. */
export type Cluster = {
  folder: string
  programs: Programs
  /** What the programs are started with: in the folder, as its owner, without Kith's own secrets. */
  options: RunOptions
  /** The folder by the name that its owner reaches it by. */
  reachedBy: string
}

type RunOptions = { cwd: string; env: NodeJS.ProcessEnv } & Partial<User>

const majorVersion = '18'
const isWindows = process.platform === 'win32'

export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres')
}

/**
 * The cluster of a data folder, made first when there is none.
 * @throws OperatorError when there is one that this program cannot run, or none can be made
 */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const folder = clusterFolder(dataDir)
  refuseForeign(dataDir, folder)
  const owner = ownerFor(folder)
  const found = await findPrograms()
  const programs = owner ? reachableByAll(found) : found
  if (!existsSync(folder)) await makeCluster(folder, programs, owner)
  try {
    if (owner) giveTo(owner, folder)
    chmodSync(folder, 0o700)
  } catch (error) {
    throw new OperatorError(`The database in ${folder} cannot be opened: ${reasonOf(error)}.`)
  }
  return { folder, programs, ...runIn(folder, owner) }
}

function refuseForeign(dataDir: string, folder: string) {
  if (!existsSync(folder)) {
    const old = join(dataDir, 'db')
    if (!existsSync(join(old, 'PG_VERSION'))) return
    throw new OperatorError(
      `The database in ${old} is of an earlier Kith, which embedded PGlite, and this one cannot ` +
        'read it. Export the contacts with that Kith (GET /api/export) to import them here, then ' +
        'move the folder away; or set DATA_DIR to another folder.',
    )
  }
  const version = versionOf(folder)
  if (version === majorVersion) return
  throw new OperatorError(
    version === null
      ? `The database in ${folder} is broken: it has no file PG_VERSION. ` +
          'Bring the folder back from a backup, or move it away to begin anew.'
      : `The database in ${folder} is of PostgreSQL ${version}, and this Kith embeds ` +
          `${majorVersion}. Use the Kith that made it, or move it over with pg_dump and pg_restore.`,
  )
}

function versionOf(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  } catch {
    return null
  }
}

// Nobody but the owner gets into the folder, in which the socket is.
const authentication = isWindows
  ? ['--auth=scram-sha-256']
  : ['--auth-local=trust', '--auth-host=reject']
const initdbFlags = ['--no-locale', '--encoding=UTF8', '--no-instructions', ...authentication]

/** Beside its place, and moved there when it is whole: what a crash leaves is not taken for one. */
async function makeCluster(folder: string, programs: Programs, owner: User | undefined) {
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
    syncFolder(dirname(folder))
  } catch (error) {
    if (error instanceof OperatorError) throw error
    throw new OperatorError(`No database could be made in ${folder}: ${reasonOf(error)}.`)
  }
}

/** Each has a name of its own: the program that a Kith was killed with may still write there. */
function removeUnfinished(prefix: string) {
  const names = readdirSync(dirname(prefix)).filter((name) => name.startsWith(basename(prefix)))
  for (const name of names)
    rmSync(join(dirname(prefix), name), { recursive: true, force: true, maxRetries: 10 })
}

function runIn(folder: string, owner: User | undefined): Pick<Cluster, 'options' | 'reachedBy'> {
  // What Windows' own libraries need, and nothing of ours.
  const { PATH, SystemRoot, TEMP } = process.env
  return {
    options: {
      cwd: folder,
      env: { PATH, TZ: 'UTC', LC_ALL: 'C', ...(isWindows && { SystemRoot, TEMP }) },
      ...owner,
    },
    // Its path may lead through folders that only root may enter; a process may always enter the
    // one that it is in, and PostgreSQL stays there.
    reachedBy: owner && process.platform === 'linux' ? '/proc/self/cwd' : folder,
  }
}

async function runProgram(
  program: string,
  { options, reachedBy }: Pick<Cluster, 'options' | 'reachedBy'>,
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
  const [code, complaint] = await Promise.all([ended.promise, text(child.stderr)])
  const lastWords = lastWordsOf(complaint)
  // A stand-alone PostgreSQL goes on after an error, and ends well.
  if (code !== 0 || lastWords)
    throw new Error(lastWords || complaint.trim() || `${program} ended with code ${code}`)
}
