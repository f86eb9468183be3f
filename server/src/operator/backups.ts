import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Manifest } from '../backup/manifest.ts'
import type { Report } from '../backup/report.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { writeBackup } from '../backup/write-backup.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../db/database.ts'
import { prepareDatabase } from '../db/prepare.ts'
import { openOrJoinSource, requireDatabase } from '../db/source.ts'
import { createLogger } from '../log.ts'
import type { Command, Request } from './command.ts'
import { count, size } from './layout.ts'

export const backupCommands: Command[] = [
  {
    name: 'backup',
    about: 'write everything into one file, also while the server runs',
    operands: ['FILE'],
    prepare: withWholePath,
    async alone(readSettings, { operands }, report) {
      const [file = ''] = operands
      const manifest = await backUp(readSettings(), file, report)
      const { size: octets } = await stat(file)
      return {
        text: [
          `Wrote and checked ${file}: ${summaryOf(manifest)}, ${size(octets)}.`,
          'Whoever has it can read all of that, and log in as anybody: keep it safe.',
        ].join('\n'),
      }
    },
  },
  {
    name: 'restore',
    about: 'fill an empty installation from a backup',
    operands: ['FILE'],
    prepare: withWholePath,
    async alone(readSettings, { operands }, report) {
      const [file = ''] = operands
      const log = createLogger('warn')
      const { manifest, keepsSessions } = await restoreBackup(readSettings(), file, log, report)
      const lines = [`Restored ${summaryOf(manifest)}, as of ${manifest.created_at}.`]
      if (!keepsSessions) {
        lines.push(
          'SECRET_KEY is another one than that of the backup, so everybody has to log in again.',
          `To spare them that, set it before the start to what this prints: unzip -p ${file} secret`,
        )
      }
      return { text: lines.join('\n') }
    },
  },
]

async function withWholePath(request: Request): Promise<Request> {
  return { ...request, operands: request.operands.map((path) => resolve(path)) }
}

/** On a connection that no limit of time ends. */
async function backUp(config: Config, file: string, report: Report) {
  requireDatabase(config)
  const log = createLogger('warn')
  await using source = await openOrJoinSource(config, log)
  await using database = openDatabase(source.url, log, { poolSize: 1, isPatient: true })
  await prepareDatabase(source.url, database, log)
  return await writeBackup({ database, config }, file, report)
}

function summaryOf({ tables, avatars }: Manifest): string {
  const linesOf = (name: string) => tables.find((table) => table.name === name)?.lines ?? 0
  return [
    count(linesOf('users'), 'account', 'accounts'),
    count(linesOf('contacts'), 'contact', 'contacts'),
    count(avatars.lines, 'picture', 'pictures'),
  ].join(', ')
}
