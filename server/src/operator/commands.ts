import { accountCommands } from './accounts.ts'
import { backupCommands } from './backups.ts'
import type { Command } from './command.ts'
import { databaseCommands } from './database.ts'
import { distribute } from './distribute.ts'
import { doctor } from './doctor/doctor.ts'
import { exportAccount } from './export-account.ts'
import { invite } from './invites.ts'

/** Everything that an operator can ask for, as the help shows it. */
export const commandGroups: { title: string; commands: Command[] }[] = [
  { title: 'Accounts', commands: [...accountCommands, exportAccount, invite] },
  { title: 'Data', commands: [...backupCommands, ...databaseCommands, distribute] },
  { title: 'The server', commands: [doctor] },
]

export const commands = commandGroups.flatMap(({ commands }) => commands)
