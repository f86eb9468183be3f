import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { publicUrl, secretKey } from './accounts.ts'
import { startNode } from './node-process.ts'

// `node --import ./server/src/… --flag server/src/main.ts`, from the root.
const startFlags = packageJson.scripts.start
  .split(' ')
  .slice(1, -1)
  .map((word) => (word.startsWith('./') ? new URL(`../${word}`, import.meta.url).href : word))

export type KithSettings = {
  folder: string
  logLevel: string
  /** Where its CPU profile goes when it ends. */
  profile: string | null
  env: Record<string, string>
}

/** The server as `npm start` runs it, with limits off unless `env` says otherwise. */
export async function startKith({ folder, logLevel, profile, env }: KithSettings) {
  return startNode({
    name: 'kith',
    script: new URL('../server/src/main.ts', import.meta.url),
    nodeArgs: [...startFlags, ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])],
    env: {
      PUBLIC_URL: publicUrl.href,
      SECRET_KEY: secretKey,
      DATA_DIR: env['DATA_DIR'] ?? (await mkdtemp(join(folder, 'data-'))),
      LOG_LEVEL: logLevel,
      RATE_LIMITS: 'off',
      ...env,
    },
    readyPath: '/readyz',
    folder,
  })
}
