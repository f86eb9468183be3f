import type { User } from './owner.ts'

/** How programs of PostgreSQL are started on a folder. */
export type RunIn = {
  /** In the folder, as its owner, without Kith's own secrets. */
  options: { cwd: string; env: NodeJS.ProcessEnv } & Partial<User>
  /** The folder by a name that its owner can reach it by. */
  reachedBy: string
}

export function runIn(folder: string, owner: User | undefined): RunIn {
  // The last two for Windows' own libraries.
  const { PATH, SystemRoot, TEMP } = process.env
  return {
    options: {
      cwd: folder,
      env: { PATH, TZ: 'UTC', LC_ALL: 'C', ...(SystemRoot && { SystemRoot, TEMP }) },
      ...owner,
    },
    // Its path may lead through folders that only root may enter; a process may always enter the
    // one that it is in, and PostgreSQL stays there.
    reachedBy: owner && process.platform === 'linux' ? '/proc/self/cwd' : folder,
  }
}
