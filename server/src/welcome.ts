import { relative } from 'node:path'
import { styleText } from 'node:util'
import type { Config } from './config.ts'

const registrations = {
  open: 'everybody may sign up',
  invite: 'with an invite, made by: npm run kith -- user:invite',
  closed: 'closed; accounts are made by: npm run kith -- user:create',
}

/** What a start says once people can come. */
export function welcome(config: Config): string {
  const { publicUrl, registration } = config
  const rows = [
    ['API', styleText('underline', `${publicUrl.origin}/docs`)],
    ['Data', dataText(config)],
    ['Mail', mailText(config)],
    ['Sign-up', registrations[registration]],
  ] as const
  return [
    '',
    `  ${styleText(['bold', 'green'], 'Kith is ready:')} ${styleText(['bold', 'underline'], publicUrl.origin)}`,
    '',
    ...rows.map(([name, text]) => `  ${styleText('dim', name.padEnd(8))} ${text}`),
    '',
    ...(process.stdout.isTTY ? [`  ${styleText('dim', 'Ctrl+C stops it.')}`, ''] : []),
  ].join('\n')
}

function dataText({ databaseUrl, dataDir }: Config): string {
  return databaseUrl ? `PostgreSQL, and files in ${near(dataDir)}` : near(dataDir)
}

function mailText({ smtpUrl, dataDir }: Config): string {
  if (smtpUrl) return 'sent by SMTP'
  return `files in ${near(`${dataDir}/outbox`)}; their links appear here`
}

/** A path as whoever is in the working folder would type it. */
function near(path: string): string {
  const way = relative('', path)
  return way !== '' && !way.startsWith('..') ? `./${way}` : path
}
