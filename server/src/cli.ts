import { findCommand, migrated, UsageError } from './commands.ts'
import { loadEnvFile, readConfig, type Config } from './config.ts'
import { openDatabase } from './db/database.ts'
import { newMigration } from './db/migrate.ts'
import { prepareDatabase } from './db/prepare.ts'
import { openOrJoinSource } from './db/source.ts'
import { createLogger, type Logger } from './log.ts'
import { explain } from './operator-error.ts'
import { createServices } from './services.ts'

const usage = `Commands:
  migrate               bring the database up to date
  migrate new NAME      make the next migration file
  populate --email you@example.com --count 200
                        give a user sample contacts
  user:disable --email  shut an account out
  user:enable --email   let it in again`

try {
  console.log(await run(process.argv.slice(2)))
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}

async function run([name = '', ...args]: string[]): Promise<string> {
  if (name === 'migrate' && args[0] === 'new') {
    return `Made server/${await newMigration(args.slice(1).join(' '))}`
  }
  const command = findCommand(name)
  if (!command) throw new UsageError(usage)
  loadEnvFile()
  const config = readConfig()
  const log = createLogger('warn')
  if (name === 'migrate') return migrateAlone(config, log)
  const source = await openOrJoinSource(config, log)
  await using services = await createServices(config, log, { source })
  return await command(services, args)
}

/** Needs less to be right than all the services do. */
async function migrateAlone(config: Config, log: Logger): Promise<string> {
  await using source = await openOrJoinSource(config, log)
  await using database = openDatabase(source.url, log)
  return migrated(await prepareDatabase(source.url, database, log))
}
