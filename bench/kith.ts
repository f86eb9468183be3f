import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { publicUrl, secretKey } from './accounts.ts'
import { startNode } from './node-process.ts'

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
    nodeArgs: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
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
