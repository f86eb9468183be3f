import { isIP } from 'node:net'
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { parseRedisUrl } from './cache/redis-url.ts'
import { parseDatabaseUrl } from './db/database-url.ts'
import { logFormats } from './log.ts'
import { OperatorError } from './operator-error.ts'
import { parseSecretKeys } from './secret.ts'

export type Limit = { max: number; windowSeconds: number }
export type Config = ReturnType<typeof readConfig>
/** What a program cannot do without. */
export type Needs = { secretKey: boolean }

export type SettingName = (typeof settingNames)[number]
export const settingNames = [
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'REDIS_URL',
  'SECRET_KEY',
  'SMTP_URL',
  'MAIL_FROM',
  'CLOUDINARY_URL',
  'REGISTRATION',
  'CORS_ORIGINS',
  'TRUST_PROXY',
  'METRICS_ALLOW',
  'RATE_LIMITS',
  'RATE_LIMIT_CONTACTS_LIST',
  'RATE_LIMIT_CONTACTS_CREATE',
  'RATE_LIMIT_CONTACTS',
  'RATE_LIMIT_CONTACTS_BATCH',
  'RATE_LIMIT_CHANGES',
  'RATE_LIMIT_DAV',
  'DAV_MAX_CARD',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'DRAIN_SECONDS',
] as const

// Of a vCard. What is larger cannot be read; what is smaller would leave no room for a person.
const minCardBytes = 10_240
const maxCardBytes = 1024 * 1024

/** Who may open an account: everybody, nobody, or who has an invite. */
const registrations = ['open', 'closed', 'invite'] as const
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/**
 * Reads every setting once, at start. `.env.example` explains each. An empty value counts as not set.
 * @throws OperatorError that names every wrong setting and says what would be right
 */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  needs: Needs = { secretKey: true },
) {
  const problems: string[] = []
  const setting = <T>(name: SettingName, fallback: string | null, parse: (text: string) => T) => {
    const text = env[name]?.trim() || fallback
    if (text === null) return null
    try {
      return parse(text)
    } catch (error) {
      problems.push(`${name} ${error instanceof Error ? error.message : 'is not valid'}`)
      return null
    }
  }
  const required = <T>(name: SettingName, fallback: string, parse: (text: string) => T) =>
    // A null here is a problem already noted, and readConfig throws before anyone sees it.
    setting(name, fallback, parse) as T

  const port = required('PORT', '8000', parsePort)
  const publicUrl = required('PUBLIC_URL', `http://localhost:${port ?? 8000}`, parsePublicUrl)
  const databaseUrl = setting('DATABASE_URL', null, checkedBy(parseDatabaseUrl))
  const config = {
    host: required('HOST', '127.0.0.1', String),
    port,
    publicUrl,
    dataDir: required('DATA_DIR', './data', (text) => resolve(text)),
    databaseUrl,
    redisUrl: setting('REDIS_URL', null, checkedBy(parseRedisUrl)),
    secretKeys: setting('SECRET_KEY', null, parseOwnKeys),
    smtpUrl: setting('SMTP_URL', null, urlOf('smtp:', 'smtps:')),
    mailFrom: required('MAIL_FROM', `Kith <kith@${publicUrl?.hostname}>`, parseMailbox),
    cloudinaryUrl: setting('CLOUDINARY_URL', null, parseCloudinaryUrl),
    registration: required('REGISTRATION', 'open', oneOf(registrations)),
    corsOrigins: required('CORS_ORIGINS', 'http://localhost:3000', listOf(parseOrigin)),
    trustProxy: required('TRUST_PROXY', ',', listOf(parseNetwork)),
    metricsAllow: required('METRICS_ALLOW', '127.0.0.0/8,::1/128', listOf(parseNetwork)),
    limits: {
      enabled: required('RATE_LIMITS', 'on', oneOf(['on', 'off'])) === 'on',
      contactsList: required('RATE_LIMIT_CONTACTS_LIST', '10/1m', parseLimit),
      contactsCreate: required('RATE_LIMIT_CONTACTS_CREATE', '10/1m', parseLimit),
      contacts: required('RATE_LIMIT_CONTACTS', '300/1m', parseLimit),
      contactsBatch: required('RATE_LIMIT_CONTACTS_BATCH', '60/1m', parseLimit),
      changes: required('RATE_LIMIT_CHANGES', '120/1m', parseLimit),
      dav: required('RATE_LIMIT_DAV', '3000/1m', parseLimit),
    },
    davMaxCard: required('DAV_MAX_CARD', String(maxCardBytes), parseCardSize),
    logLevel: required('LOG_LEVEL', 'info', oneOf(logLevels)),
    logFormat: required('LOG_FORMAT', 'auto', oneOf(logFormats)),
    drainSeconds: required('DRAIN_SECONDS', databaseUrl ? '2' : '0', parseSeconds),
  }
  if (needs.secretKey && databaseUrl && !env['SECRET_KEY']?.trim()) {
    problems.push(`SECRET_KEY is required with DATABASE_URL; ${keyAdvice}`)
  }
  if (problems.length > 0) throw new OperatorError(`Wrong settings:\n- ${problems.join('\n- ')}`)
  return config
}

const keyAdvice = 'make one of 32 bytes, as hex or base64url, such as by: openssl rand -hex 32'

function parseOwnKeys(text: string) {
  try {
    return parseSecretKeys(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'is not valid'
    throw new Error(`${reason}; ${keyAdvice}`, { cause: error })
  }
}

function parsePort(text: string) {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) throw new Error('must be a port number, 0 to 65535')
  return port
}

function urlOf(...protocols: string[]) {
  return (text: string) => {
    const url = URL.parse(text)
    if (!url?.hostname || !protocols.includes(url.protocol)) {
      throw new Error(`must be a URL that starts with ${protocols[0]}// and names a host`)
    }
    return text
  }
}

/** The text itself, once it can be parsed: it goes to those who parse it again. */
function checkedBy(parse: (text: string) => unknown) {
  return (text: string) => {
    parse(text)
    return text
  }
}

function parsePublicUrl(text: string) {
  const url = URL.parse(text)
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash
  if (!isPlain || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error('must be the http or https address under which people reach Kith')
  }
  if (url.pathname !== '/') throw new Error('must have no path: Kith answers at the root of a host')
  return url
}

function parseOrigin(text: string) {
  if (URL.parse(text)?.origin !== text) {
    throw new Error(`must list exact origins such as https://app.example.org, not ${text}`)
  }
  return text
}

function parseNetwork(text: string) {
  const [address = '', bits] = text.split('/')
  // isIP knows only whole addresses, where inet_aton would take "1" for 0.0.0.1.
  if (!isIP(address) || (bits !== undefined && !ipaddr.isValidCIDR(text))) {
    throw new Error(`must list addresses or networks such as 10.0.0.0/8, not ${text}`)
  }
  return text
}

/** `10/1m` is ten in any minute; units are s, m, h. */
function parseLimit(text: string): Limit {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,4})([smh])$/.exec(text)
  const [, max, length, unit] = match ?? []
  if (!max || !length || !unit) throw new Error('must be a count and a time, such as 10/1m')
  const unitSeconds = unit === 's' ? 1 : unit === 'm' ? 60 : 3600
  return { max: Number(max), windowSeconds: Number(length) * unitSeconds }
}

/** In octets. */
function parseCardSize(text: string) {
  const size = Number(text)
  if (!/^\d{1,7}$/.test(text) || size < minCardBytes || size > maxCardBytes) {
    throw new Error(`must be a number of octets from ${minCardBytes} to ${maxCardBytes}`)
  }
  return size
}

/** `Name <address>` or an address alone. */
function parseMailbox(text: string) {
  const match = /^(?:"?([^"<>]*?)"?\s*<([^<>\s]+@[^<>\s]+)>|([^<>\s]+@[^<>\s]+))$/.exec(text)
  const address = match?.[2] ?? match?.[3]
  if (!address) throw new Error('must be an address, or a name with <an address>')
  return { name: match?.[1] ?? '', address }
}

function parseCloudinaryUrl(text: string) {
  const url = URL.parse(text)
  if (url?.protocol !== 'cloudinary:' || !url.username || !url.password || !url.hostname) {
    throw new Error('must look like cloudinary://KEY:SECRET@CLOUD')
  }
  return text
}

function parseSeconds(text: string) {
  if (!/^\d{1,2}$/.test(text)) throw new Error('must be whole seconds, 0 to 99')
  return Number(text)
}

function oneOf<T extends string>(values: readonly T[]) {
  return (text: string): T => {
    const value = values.find((one) => one === text)
    if (!value) throw new Error(`must be one of ${values.join(', ')}`)
    return value
  }
}

function listOf<T>(parse: (text: string) => T) {
  return (text: string): T[] =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .map(parse)
}
