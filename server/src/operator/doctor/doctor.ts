import packageJson from '../../../package.json' with { type: 'json' }
import type { Config } from '../../config.ts'
import { openDatabase } from '../../db/database.ts'
import { hasDatabase, openOrJoinSource } from '../../db/source.ts'
import { createLogger } from '../../log.ts'
import { OperatorError } from '../../operator-error.ts'
import type { Command, Outcome } from '../command.ts'
import { count, entry } from '../layout.ts'
import { checkCloudinary } from './cloudinary.ts'
import { checkDatabase, noDatabaseYet } from './database.ts'
import { findingsOf, type Finding } from './finding.ts'
import { checkFolder, checkSecret } from './folder.ts'
import { checkMail } from './mail.ts'
import { checkRedis } from './redis.ts'
import { checkServer } from './server.ts'
import { checkSettings } from './settings.ts'

/** Looks at everything that a server needs, and says what is wrong and what to do. */
export const doctor: Command = {
  name: 'doctor',
  about: 'check settings, disk, database, Redis, mail, pictures and clock',
  async alone(readSettings, { width }) {
    const settings = findingsOf('Settings')
    try {
      const config = readSettings()
      return report(await examine(config, await databaseOf(config)), width)
    } catch (error) {
      if (!(error instanceof OperatorError) || !error.message.startsWith('Wrong settings'))
        throw error
      const wrong = error.message.split('\n- ').slice(1)
      const advice = '.env.example explains each setting'
      return report(
        wrong.map((text) => settings.problem(text, advice)),
        width,
      )
    }
  },
}

async function examine(config: Config, database: Finding[]): Promise<Finding[]> {
  const network = await Promise.all([
    checkRedis(config),
    checkMail(config),
    checkCloudinary(config),
    checkServer(config),
  ])
  const local = [checkSettings(config), await checkFolder(config), checkSecret(config)]
  return [...local.flat(), ...database, ...network.flat()]
}

/** The database as this process finds it, also beside a running server. */
async function databaseOf(config: Config): Promise<Finding[]> {
  if (!hasDatabase(config)) return noDatabaseYet()
  const log = createLogger('silent')
  return checkDatabase(config, async (stack) => {
    const { url } = stack.use(await openOrJoinSource(config, log))
    return stack.use(openDatabase(url, log, { poolSize: 1 }))
  })
}

function report(findings: Finding[], width: number): Outcome {
  const head = `Kith ${packageJson.version} on Node ${process.versions.node}, ${process.platform}`
  const lines = findings.map(({ state, about, text, advice }) => {
    const said = entry(`  ${state.padEnd(9)}${about}`, text, 24, width)
    return advice ? `${said}\n${entry('', `→ ${advice}`, 24, width)}` : said
  })
  const problems = findings.filter(({ state }) => state === 'problem').length
  const warnings = findings.filter(({ state }) => state === 'warning').length
  return {
    text: [head, lines.join('\n'), summaryOf(problems, warnings)].join('\n\n'),
    isFailure: problems > 0,
  }
}

function summaryOf(problems: number, warnings: number): string {
  const parts = [
    problems > 0 ? count(problems, 'problem', 'problems') : '',
    warnings > 0 ? count(warnings, 'warning', 'warnings') : '',
  ].filter(Boolean)
  return parts.length === 0 ? 'All is well.' : `${parts.join(', ')}.`
}
