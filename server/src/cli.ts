import { findCommand, migrated, UsageError } from './commands.ts'
import { loadEnvFile, readConfig, type Config } from './config.ts'
import { askServer } from './control.ts'
import { DataDirInUse, lockDataDir } from './db/data-dir.ts'
import { openDatabase } from './db/database.ts'
import { newMigration } from './db/migrate.ts'
import { prepareDatabase } from './db/prepare.ts'
import { createLogger } from './log.ts'
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
  try {
    if (name === 'migrate') return await migrateAlone(config)
    await using services = await createServices(config, createLogger('warn'))
    return await command(services, args)
  } catch (error) {
    if (error instanceof DataDirInUse) return askServer(config.dataDir, name, args)
    throw error
  }
}

/** Needs less to be right than all the services do. */
async function migrateAlone(config: Config): Promise<string> {
  const log = createLogger('warn')
  using _lock = config.databaseUrl ? null : lockDataDir(config.dataDir)
  await using database = await openDatabase(config, log)
  return migrated(await prepareDatabase(config, database, log))
}
