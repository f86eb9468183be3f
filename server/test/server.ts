import { basename } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { startJobs } from '../src/job-handlers.ts'
import { fileTransport } from '../src/mail/file-transport.ts'
import type { WebApp } from '../src/pages/web-app.ts'
import { createServices, type OpenBy, type Services } from '../src/services.ts'
import { provideBackends, type Backends } from './backends.ts'
import { keepLog } from './log.ts'
import { outboxOf, type Mailbox } from './mailbox.ts'
import { freePort } from './programs.ts'
import type { Settings } from './settings.ts'
import { until } from './until.ts'

export type TestServer = Backends & {
  app: FastifyInstance
  services: Services
  inject: FastifyInstance['inject']
  /** Where it listens, when it was asked to. */
  url: string
  /** The mails it has written to files. */
  mailbox: Mailbox
  /** Its log: JSON lines, from level debug on. */
  logged: string[]
  /** Waits until no job is left to do now: every mail that was asked for has been written. */
  jobsDone(): Promise<void>
}

export type StartOptions = {
  /** Whether it opens a real port, for browsers and the like; else ask it by `inject`. */
  listen?: boolean
  /** Opens the database in another way than the server does by itself. */
  open?: OpenBy
  /**
   * How far its event loop may lag before it sheds requests: by default as far as it likes, since a
   * machine that runs tests may be busy.
   */
  maxLagMs?: number
  /** Whether writes run step by step, as they do in a distributed database. */
  isStepwise?: boolean
  /** A built web app to serve; without one, the server has its own pages alone. */
  webApp?: WebApp | null
}

/** The pass in which all writes run step by step. */
const allStepwise = process.env['KITH_TEST_STEPWISE'] !== undefined

/**
 * The whole server with nothing left out, on a database of its own, on the backends of this pass.
 * Given the `settings` of another one, it shares all with that.
 * @param settings as in the environment; replace the defaults of tests, among them no rate limits
 */
export async function startServer(
  settings: Settings = {},
  {
    listen = false,
    open,
    maxLagMs = Infinity,
    isStepwise = allStepwise,
    webApp = null,
  }: StartOptions = {},
): Promise<TestServer> {
  requireName()
  await using stack = new AsyncDisposableStack()
  const port = listen ? await freePort() : 8000
  const url = `http://127.0.0.1:${port}`
  const backends = stack.use(await provideBackends({ PUBLIC_URL: url, ...settings }, true))
  const config = readConfig(backends.settings)
  const { log, lines } = keepLog()
  const given = { source: backends.source, open, isDistributed: isStepwise || undefined }
  const services = stack.use(await createServices(config, log, given))
  // Tests follow no links on the terminal.
  if (!config.smtpUrl) services.transport = fileTransport(config.dataDir, config.mailFrom, () => {})
  const app = await createApp(services, { maxLagMs }, webApp)
  stack.defer(() => services.jobs.stop())
  stack.defer(() => app.close())
  await startJobs(services)
  if (listen) await app.listen({ host: '127.0.0.1', port })
  const resources = stack.move()
  return {
    ...backends,
    app,
    services,
    inject: app.inject.bind(app),
    url,
    mailbox: outboxOf(config.dataDir),
    logged: lines,
    jobsDone: () => jobsDone(services),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function jobsDone({ database }: Services) {
  await until('the jobs to be done', async () => {
    const { rowCount } = await database.pool.query(
      `select 1 from pgboss.job
       where name not like '\\_\\_%' and state < 'completed' and start_after <= now() limit 1`,
    )
    return rowCount === 0
  })
}

/** The second pass, on PostgreSQL and Redis, finds its files by their names. */
function requireName() {
  const file = basename(process.argv[1] ?? '')
  if (file.endsWith('.test.ts') && !/\.(server|browser)\.test\.ts$/.test(file)) {
    throw new Error(`a test of the whole server is named *.server.test.ts: rename ${file}`)
  }
}
