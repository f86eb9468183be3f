import type { Config } from './config.ts'
import type { UnknownSetting } from './env-file.ts'

/** A setting that is understood, and yet unlikely to be meant; `advice` says what to do. */
export type Doubt = { about: string; text: string; advice: string }

const local = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** What a start warns of, and goes on. */
export function doubtsAbout(config: Config, unknown: UnknownSetting[]): Doubt[] {
  const port = doubtAboutPort(config)
  return [...unknown.map(doubtAboutName), ...(port ? [port] : [])]
}

/** Whether only this machine can reach a host. */
export function isLocal(host: string): boolean {
  return local.has(host)
}

function doubtAboutName({ name, near }: UnknownSetting): Doubt {
  const advice = near ? `did you mean ${near}?` : '.env.example lists all settings'
  return { about: name, text: 'in .env is no setting, so it changes nothing', advice }
}

/** From outside, a proxy or a container may well give Kith another port. */
function doubtAboutPort({ publicUrl, host, port }: Config): Doubt | undefined {
  const isDirect = publicUrl.protocol === 'http:' && isLocal(publicUrl.hostname) && isLocal(host)
  // The system chooses for port 0.
  if (!isDirect || port === 0 || Number(publicUrl.port || 80) === port) return undefined
  return {
    about: 'PUBLIC_URL',
    text: `${publicUrl.origin} names another port than PORT, which is ${port}, and so do links in mails`,
    advice: 'take PUBLIC_URL away, or give both the same port',
  }
}
