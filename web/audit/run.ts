// Measures the web app over a large book, in Chromium: `npm run audit -w web`. README.md has the figures
// that it compares with. `--url`, `--email` and `--password` name an account of a running server, else one
// is started and filled. `--lighthouse` needs `npm install --prefix web/audit`, once.
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { findChromium, freePort } from '../../server/test/programs.ts'
import { kept } from './kept.ts'
import { rateScreens } from './lighthouse.ts'
import { measureBook } from './measure-book.ts'
import { startFilledServer, type Account } from './server.ts'

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    contacts: { type: 'string', default: '50000' },
    lighthouse: { type: 'boolean', default: false },
  },
})

// A busy machine, or another one, is no regression; this is.
const worstRatio = 2

await using stack = new AsyncDisposableStack()
const account = givenAccount() ?? stack.use(await startFilledServer(Number(options.contacts)))
const executablePath = findChromium()
if (!executablePath) throw new Error('Chromium was not found')
const profile = stack.use(await mkdtempDisposable(join(tmpdir(), 'kith-profile-')))
const port = await freePort()
const context = await chromium.launchPersistentContext(profile.path, {
  executablePath,
  baseURL: account.url,
  viewport: { width: 1440, height: 900 },
  args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
})
stack.defer(() => context.close())

let isWorse = false
for await (const { name, value, unit } of measureBook(context, account)) {
  const before = kept[name]
  const ratio = before === undefined ? null : value / before
  if (ratio !== null && ratio > worstRatio) isWorse = true
  const compared = ratio === null ? '' : `${ratio.toFixed(2)} of ${before}`
  console.log(
    name.padEnd(44),
    `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`.padStart(12),
    compared,
  )
}
if (options.lighthouse) {
  for await (const line of rateScreens(context, account, port)) console.log(line)
}
if (isWorse) process.exitCode = 1

function givenAccount(): Account | null {
  const { url, email, password } = options
  return url && email && password ? { url, email, password } : null
}
