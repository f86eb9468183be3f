import { chownSync, lchownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A user of this system. */
export type User = { uid: number; gid: number }

// Of the few numbers that no system gives to anybody, and that also exist inside containers:
// https://systemd.io/UIDS-GIDS/. No other program runs as this user, so none can get at the files.
const nameless: User = { uid: 65_525, gid: 65_525 }

/**
 * As which user the programs of PostgreSQL run, which refuse to run as root: the owner of the
 * cluster. Undefined where Kith is no root: then as the same user.
 */
export function ownerFor(cluster: string): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const stats = statSync(cluster, { throwIfNoEntry: false })
  return stats && stats.uid !== 0 ? { uid: stats.uid, gid: stats.gid } : nameless
}

/** Gives a folder and all below it to a user, unless it is theirs already. */
export function giveTo({ uid, gid }: User, folder: string): void {
  if (statSync(folder).uid === uid) return
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(folder, name), uid, gid)
  chownSync(folder, uid, gid)
}

/** Some user with a name, on which the programs that make a cluster insist. */
export function anyNamedUser(): User {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':').slice(2, 4).map(Number))
  const [uid = nameless.uid, gid = nameless.gid] = users.find(([uid = 0]) => uid > 0) ?? []
  return { uid, gid }
}
