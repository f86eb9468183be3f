import { loadEnvFile, readConfig } from './config.ts'
import { askServer } from './control.ts'
import { DataDirInUse } from './db/data-dir.ts'
import { createLogger } from './log.ts'
import { parseRequest, type Command, type Outcome, type Request } from './operator/command.ts'
import { findCommand, help, requireCommand } from './operator/help.ts'
import { showProgress } from './operator/progress.ts'
import { explain } from './operator-error.ts'
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
  if (['help', '--help', '-h'].includes(first)) {
    return { text: help(rest.join(' '), Math.min(width, 100)) }
  }
  const { command, args } = commandOf(first, rest)
  if (args.includes('--help')) return { text: help(command.name, Math.min(width, 100)) }
  const request = parseRequest(command, args, width)
  return perform(command, (await command.prepare?.(request)) ?? request)
}

/** Names may have two words: `migrate new`. */
function commandOf(first: string, rest: string[]): { command: Command; args: string[] } {
  const longer = findCommand(`${first} ${rest[0]}`)
  if (longer) return { command: longer, args: rest.slice(1) }
  return { command: requireCommand(first), args: rest }
}

async function perform(command: Command, request: Request): Promise<Outcome> {
  loadEnvFile()
  using progress = showProgress(process.stderr)
  try {
    if (command.alone) return await command.alone(() => readConfig(), request, progress.report)
    await using services = await createServices(readConfig(), createLogger('warn'))
    if (!command.run) throw new Error(`the command ${command.name} does nothing`)
    return await command.run(services, request, progress.report)
  } catch (error) {
    if (!(error instanceof DataDirInUse) || !command.run) throw error
    return askServer(readConfig().dataDir, command.name, request, progress.report)
  }
}
