import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from './app.ts'
import './bulk-worker.ts'
import { readConfig, type Config } from './config.ts'
import { doubtsAbout } from './doubtful-settings.ts'
import { findUnknownSettings, loadEnvFile } from './env-file.ts'
import { startJobs } from './job-handlers.ts'
import { createLogger, type Logger } from './log.ts'
import { explain, OperatorError } from './operator-error.ts'
import { createServices, type Services } from './services.ts'
import { welcome } from './welcome.ts'

// For all that a stop waits for: requests in flight, then jobs under way.
const stopWithinMs = 28_000

// Only imported, it is compiled and kept for the first start (scripts/setup.mjs, the Dockerfile).
if (import.meta.main) await main()

async function main() {
  try {
    loadEnvFile()
    const config = readConfig()
    const log = createLogger(config.logLevel, config.logFormat)
    for (const { about, text, advice } of doubtsAbout(config, findUnknownSettings())) {
      log.warn(`${about}: ${text}; ${advice}`)
    }
    await serve(config, log)
  } catch (error) {
    console.error(explain(error))
    process.exitCode = 1
  }
}

/** Serves until SIGTERM or SIGINT: then requests in flight finish, and everything is closed. */
async function serve(config: Config, log: Logger) {
  const stopRequested = listenForSignals(log, config.drainSeconds)
  await using stack = new AsyncDisposableStack()
  const services = stack.use(await createServices(config, log))
  stack.defer(() => services.jobs.stop())
  await startJobs(services)
  const app = stack.use(await createApp(services))
  await app.listen({ host: config.host, port: config.port }).catch(explainListenError(config))
  if (process.stdout.isTTY || config.logLevel === 'info') console.log(welcome(config))
  if ((await stopRequested()) === 'SIGTERM') await drain(services)
}

/** Lets whoever sends requests here find out that it should not, before nobody listens any more. */
async function drain({ lifecycle, config }: Services) {
  lifecycle.isStopping = true
  await sleep(config.drainSeconds * 1000)
}

/**
 * From here on a signal ends the process at once, as long as nobody waits for one; there is
 * nothing to finish then. So does a second one, and whatever takes too long after the first.
 * @returns waits for the first signal
 */
function listenForSignals(log: Logger, drainSeconds: number) {
  let stop: ((signal: NodeJS.Signals) => void) | undefined
  const onSignal = (signal: NodeJS.Signals) => {
    if (!stop) process.exit(1)
    log.info({ signal }, 'stopping: requests in flight finish first')
    setTimeout(
      () => {
        log.error('stopping took too long: what is left is given up')
        process.exit(1)
      },
      stopWithinMs + drainSeconds * 1000,
    ).unref()
    stop(signal)
    stop = undefined
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  stopWithNpm()
  return () => new Promise<NodeJS.Signals>((resolve) => (stop = resolve))
}

/**
 * A SIGTERM that ends `npm start` ends the shell between npm and this process too, and does not come
 * through to us: being left without that shell is taken for it.
 */
function stopWithNpm() {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.emit('SIGTERM', 'SIGTERM')
  }, 500).unref()
}

function explainListenError({ host, port }: Config) {
  return (error: NodeJS.ErrnoException): never => {
    const reason =
      error.code === 'EADDRINUSE' ? 'another program listens there already' : error.message
    throw new OperatorError(`Cannot listen on port ${port} of ${host} (PORT, HOST): ${reason}.`)
  }
}
