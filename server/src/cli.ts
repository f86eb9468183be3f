import { readConfig, type Config } from './config.ts'
import { hasDatabase, openOrJoinSource, requireDatabase } from './db/source.ts'
import { loadEnvFile } from './env-file.ts'
import { createLogger } from './log.ts'
import { explain } from './operator-error.ts'
import { parseRequest, type Command, type Outcome, type Request } from './operator/command.ts'
import { findCommand, help, requireCommand } from './operator/help.ts'
import { showProgress } from './operator/progress.ts'
import { createServices } from './services.ts'

/** As wide as the terminal; what goes elsewhere is as wide as it wants. */
const width = process.stdout.isTTY ? process.stdout.columns || 80 : 1_000

try {
  const { text, isFailure } = await run(process.argv.slice(2))
  console.log(text)
  if (isFailure) process.exitCode = 1
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}

async function run(words: string[]): Promise<Outcome> {
  const [first = 'help', ...rest] = words
  if (first === 'help' || isHelp(first)) {
    return { text: help(rest.join(' '), Math.min(width, 100)) }
  }
  const { command, args } = commandOf(first, rest)
  if (args.some(isHelp)) return { text: help(command.name, Math.min(width, 100)) }
  const request = parseRequest(command, args, width)
  return perform(command, (await command.prepare?.(request)) ?? request)
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

/** Names may have two words: `migrate new`. */
function commandOf(first: string, rest: string[]): { command: Command; args: string[] } {
  const longer = findCommand(`${first} ${rest[0]}`)
  if (longer) return { command: longer, args: rest.slice(1) }
  return { command: requireCommand(first), args: rest }
}

/** Which database this is: that of a server may be meant which runs on another folder. */
function whereIn({ dataDir }: Config, isNew: boolean): string {
  return isNew
    ? `A new database is made in ${dataDir}: a server that is to have it needs the same DATA_DIR.`
    : `This is the database in ${dataDir}, on which no server runs now.`
}

/** In this process: alone, or beside the server that holds the data folder. */
async function perform(command: Command, request: Request): Promise<Outcome> {
  loadEnvFile()
  using progress = showProgress(process.stderr)
  if (command.alone)
    return command.alone((needs) => readConfig(process.env, needs), request, progress.report)
  if (!command.run) throw new Error(`the command ${command.name} does nothing`)
  const config = readConfig()
  if (!command.makesDatabase) requireDatabase(config)
  const isNew = !hasDatabase(config)
  const log = createLogger('warn')
  const source = await openOrJoinSource(config, log)
  if (command.makesDatabase && source.servedBy === 'us') console.error(whereIn(config, isNew))
  await using services = await createServices(config, log, { source })
  return await command.run(services, request, progress.report)
}
