// What `npm run bench` runs. README.md beside this file says how to read what it prints.
import { rmSync } from 'node:fs'
import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { showSql } from './agreement.ts'
import { BenchError } from './bench-error.ts'
import { measureBulk } from './bulk/bulk.ts'
import { bulkNames } from './bulk/names.ts'
import { compareWithLimits } from './compare.ts'
import { describeDataset } from './dataset.ts'
import { measureDav } from './dav/dav.ts'
import { measureEmbedded } from './embedded.ts'
import { measureLarge } from './large/large.ts'
import type { LoadGenerator } from './load.ts'
import { describeMachine } from './machine.ts'
import { readOptions, type Options } from './options.ts'
import type { Outcome } from './outcome.ts'
import { findWrk } from './programs.ts'
import { compareSizes } from './scale.ts'
import { createScenarios, scenarioNames } from './scenarios.ts'
import { toVerdicts } from './table.ts'
import { wrkLoad } from './wrk.ts'

try {
  const options = readOptions(process.argv.slice(2), [...scenarioNames], [...bulkNames])
  const folder = await ownFolder()
  const wrk = findWrk()
  const generator = wrk ? wrkLoad(wrk) : (await import('./autocannon.ts')).autocannonLoad
  const outcome = await measure(options, generator, folder)
  if (outcome) await report(outcome, options, generator)
} catch (error) {
  // What was measured so far stands on a line that has not ended.
  console.error()
  console.error(error instanceof BenchError ? error.message : error)
  process.exitCode = 1
}

async function measure(options: Options, generator: LoadGenerator, folder: string) {
  if (options.bulk) return measureBulk(options, folder)
  if (options.large) return measureLarge(options, folder)
  if (options.dav) return measureDav(options, folder)
  const scenarios = createScenarios(describeDataset(options)).filter(({ name }) =>
    options.only.includes(name),
  )
  if (options.showSql) return showSql(scenarios, options, folder)
  if (options.embedded) return measureEmbedded(scenarios, options, generator, folder)
  return options.sizes
    ? compareSizes(scenarios, options.sizes, options, generator, folder)
    : compareWithLimits(scenarios, options, generator, folder)
}

async function report(outcome: Outcome, options: Options, generator: LoadGenerator) {
  const { title, notes, rows, table, verdicts, chart } = outcome
  const machine = describeMachine()
  const { connections, seconds, rounds, logLevel, bulk, large, dav } = options
  const alone = large || dav ? 'one connection' : `${rounds} rounds`
  const load =
    bulk || large || dav
      ? alone
      : `${generator.name}, ${connections} connections, ${rounds} rounds of ${seconds} s`
  console.log(
    [
      '',
      title,
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}`,
      `Node ${machine.node}, PostgreSQL ${machine.postgres}, Redis ${machine.redis}`,
      `${load}, LOG_LEVEL=${logLevel}`,
      ...notes,
      '',
      table,
      '',
      toVerdicts(verdicts),
    ].join('\n'),
  )
  const { json, svg } = options
  if (json) {
    const all = { at: new Date().toISOString(), machine, generator: generator.name, options }
    await writeFile(json, `${JSON.stringify({ ...all, title, notes, rows, verdicts }, null, 2)}\n`)
  }
  if (svg && chart) {
    const { toChart } = await import('./chart.ts')
    await writeFile(svg, toChart(chart, `${machine.cpu}, ${machine.cores} cores`))
  }
}

/** All files of a run, gone with it however it ends. */
async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-bench-'))
  // PostgreSQL may run as another user, who has to get through.
  await chmod(folder, 0o711)
  process.env['TMPDIR'] = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  return folder
}
