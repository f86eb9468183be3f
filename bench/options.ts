import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BenchError } from './bench-error.ts'

const usage = `npm run bench -- [options]

  --only NAMES        only these scenarios, separated by commas:
                      {names}
                      or, of a bulk run, {bulkNames}
  --users N           accounts (1000)
  --contacts N        contacts of each (200)
  --active N          accounts that send requests, spread evenly (1000)
  --processes N       measure N server processes together, beside one
  --connections N     kept alive (32)
  --seconds N         of each measurement, after a warm-up (5)
  --rounds N          all subjects in turns, so many times (3)
  --scale             compare databases of several sizes instead
  --sizes N,N,…       their contacts (10000,1000000,10000000)
  --embedded          measure the embedded database instead
  --bulk              measure whole books in and out instead
  --dav               measure how a program syncs by CardDAV instead
  --cards N           of the book that it syncs (5000)
  --entries N         of each file that is imported (20000)
  --large             measure searches in one large book instead, also with --embedded
  --book N            contacts that are exported, or of the large book (50000)
  --log-level LEVEL   the server's (warn)
  --profile DIR       leave a CPU profile of the server there
  --show-sql          print what the server sends to the database, and stop
  --json FILE         write all figures
  --svg FILE          write a chart`

const spec = {
  only: { type: 'string' },
  users: { type: 'string', default: '1000' },
  contacts: { type: 'string', default: '200' },
  active: { type: 'string', default: '1000' },
  processes: { type: 'string', default: '1' },
  connections: { type: 'string', default: '32' },
  seconds: { type: 'string', default: '5' },
  rounds: { type: 'string', default: '3' },
  scale: { type: 'boolean', default: false },
  sizes: { type: 'string', default: '10000,1000000,10000000' },
  embedded: { type: 'boolean', default: false },
  bulk: { type: 'boolean', default: false },
  dav: { type: 'boolean', default: false },
  cards: { type: 'string', default: '5000' },
  entries: { type: 'string', default: '20000' },
  large: { type: 'boolean', default: false },
  book: { type: 'string', default: '50000' },
  'log-level': { type: 'string', default: 'warn' },
  profile: { type: 'string' },
  'show-sql': { type: 'boolean', default: false },
  json: { type: 'string' },
  svg: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

export type Options = ReturnType<typeof readOptions>

/**
 * Reads the command line.
 * @param names all scenarios there are
 * @param bulkNames those of a bulk run
 * @throws BenchError that shows how it is used
 */
export function readOptions(args: string[], names: string[], bulkNames: string[]) {
  const help = usage.replace('{names}', names.join(',')).replace('{bulkNames}', bulkNames.join(','))
  const { values } = parse(args, help)
  if (values.help) throw new BenchError(help)
  const known = values.bulk ? bulkNames : names
  const only = values.only?.split(',') ?? known
  const unknown = only.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new BenchError(`no scenario is called ${unknown.join(', ')}\n\n${help}`)
  if (values.scale && values.embedded) throw new BenchError('--scale needs PostgreSQL')
  if (values.bulk && (values.scale || values.embedded)) {
    throw new BenchError('--bulk stands alone, without --scale and --embedded')
  }
  if (values.large && (values.scale || values.bulk)) {
    throw new BenchError('--large stands without --scale and --bulk')
  }
  if ((values.bulk || values.large) && values.svg) {
    throw new BenchError('--bulk and --large draw no chart')
  }
  if (values.dav && (values.bulk || values.large || values.scale || values.embedded)) {
    throw new BenchError('--dav stands alone')
  }
  const count = (name: 'users' | 'contacts' | 'active' | CountedRun, max: number) =>
    readCount(`--${name}`, values[name], max)
  return {
    only,
    users: count('users', 1_000_000),
    contacts: count('contacts', 100_000),
    active: count('active', 100_000),
    processes: count('processes', 64),
    connections: count('connections', 1_000),
    // Longer runs would outlive the access tokens.
    seconds: count('seconds', 120),
    rounds: count('rounds', 99),
    sizes: values.scale
      ? values.sizes.split(',').map((size) => readCount('--sizes', size, 100_000_000))
      : null,
    embedded: values.embedded,
    bulk: values.bulk,
    large: values.large,
    dav: values.dav,
    cards: count('cards', 100_000),
    entries: count('entries', 100_000),
    book: count('book', 100_000),
    logLevel: values['log-level'],
    profile: values.profile ? resolve(values.profile) : null,
    showSql: values['show-sql'],
    json: values.json ?? null,
    svg: values.svg ?? null,
  }
}

type CountedRun = 'processes' | 'connections' | 'seconds' | 'rounds' | 'entries' | 'book' | 'cards'

function parse(args: string[], help: string) {
  try {
    return parseArgs({ args, options: spec })
  } catch (error) {
    throw new BenchError(`${error instanceof Error ? error.message : ''}\n\n${help}`)
  }
}

function readCount(name: string, text: string, max: number): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > max) {
    throw new BenchError(`${name} must be a whole number from 1 to ${max}`)
  }
  return number
}
