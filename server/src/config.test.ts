import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { secretKey } from '../test/settings.ts'
import { readConfig } from './config.ts'
import { OperatorError } from './operator-error.ts'

/** The sentences about wrong settings. */
function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    assert.ok(error instanceof OperatorError)
    const [title, ...problems] = error.message.split('\n- ')
    assert.equal(title, 'Wrong settings:')
    return problems
  }
}

describe('the settings', () => {
  it('are complete without any', () => {
    const { publicUrl, ...config } = readConfig({})
    assert.equal(publicUrl.href, 'http://localhost:8000/')
    assert.deepEqual(config, {
      host: '127.0.0.1',
      port: 8000,
      dataDir: resolve('./data'),
      databaseUrl: null,
      redisUrl: null,
      secretKeys: null,
      smtpUrl: null,
      mailFrom: { name: 'Kith', address: 'kith@localhost' },
      cloudinaryUrl: null,
      registration: 'open',
      corsOrigins: ['http://localhost:3000'],
      trustProxy: [],
      metricsAllow: ['127.0.0.0/8', '::1/128'],
      limits: {
        enabled: true,
        contactsList: { max: 10, windowSeconds: 60 },
        contactsCreate: { max: 10, windowSeconds: 60 },
        contacts: { max: 300, windowSeconds: 60 },
        contactsBatch: { max: 60, windowSeconds: 60 },
        changes: { max: 120, windowSeconds: 60 },
        dav: { max: 3000, windowSeconds: 60 },
      },
      davMaxCard: 1024 * 1024,
      logLevel: 'info',
      logFormat: 'auto',
      drainSeconds: 0,
    })
  })

  it('count as not set when they are empty', () => {
    const names = ['PORT', 'DATABASE_URL', 'REDIS_URL', 'SECRET_KEY', 'SMTP_URL', 'CORS_ORIGINS']
    assert.deepEqual(
      readConfig(Object.fromEntries(names.map((name) => [name, ' ']))),
      readConfig({}),
    )
  })

  it('are read as they are meant', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '443',
      PUBLIC_URL: 'https://kith.example.org',
      DATA_DIR: '/var/lib/kith',
      DATABASE_URL: 'postgres://kith:pw@db/kith?sslmode=require',
      REDIS_URL: 'rediss://:pw@cache:6380/2',
      SECRET_KEY: secretKey,
      SMTP_URL: 'smtp://user:pass@mail:587',
      MAIL_FROM: '"Kith, the book" <book@example.org>',
      CLOUDINARY_URL: 'cloudinary://key:secret@cloud?upload_prefix=http://127.0.0.1:1',
      CORS_ORIGINS: 'https://app.example.org, http://localhost:5173,',
      TRUST_PROXY: '10.0.0.0/8, 192.0.2.1, fd00::/8',
      METRICS_ALLOW: '10.1.2.3',
      RATE_LIMITS: 'off',
      RATE_LIMIT_CONTACTS_LIST: '7/30s',
      RATE_LIMIT_CONTACTS_CREATE: '100/2h',
      RATE_LIMIT_CONTACTS: '1/5m',
      RATE_LIMIT_CONTACTS_BATCH: '3/1s',
      RATE_LIMIT_CHANGES: '2/1s',
      RATE_LIMIT_DAV: '5/1m',
      DAV_MAX_CARD: '20000',
      LOG_LEVEL: 'silent',
    })
    assert.equal(config.host, '0.0.0.0')
    assert.equal(config.port, 443)
    assert.equal(config.publicUrl.origin, 'https://kith.example.org')
    assert.equal(config.dataDir, '/var/lib/kith')
    assert.equal(config.databaseUrl, 'postgres://kith:pw@db/kith?sslmode=require')
    assert.equal(config.redisUrl, 'rediss://:pw@cache:6380/2')
    assert.deepEqual(config.secretKeys, [Buffer.from(secretKey, 'hex')])
    assert.equal(config.smtpUrl, 'smtp://user:pass@mail:587')
    assert.deepEqual(config.mailFrom, { name: 'Kith, the book', address: 'book@example.org' })
    assert.match(config.cloudinaryUrl ?? '', /^cloudinary:/)
    assert.deepEqual(config.corsOrigins, ['https://app.example.org', 'http://localhost:5173'])
    assert.deepEqual(config.trustProxy, ['10.0.0.0/8', '192.0.2.1', 'fd00::/8'])
    assert.deepEqual(config.metricsAllow, ['10.1.2.3'])
    assert.deepEqual(config.limits, {
      enabled: false,
      contactsList: { max: 7, windowSeconds: 30 },
      contactsCreate: { max: 100, windowSeconds: 7200 },
      contacts: { max: 1, windowSeconds: 300 },
      contactsBatch: { max: 3, windowSeconds: 1 },
      changes: { max: 2, windowSeconds: 1 },
      dav: { max: 5, windowSeconds: 60 },
    })
    assert.equal(config.davMaxCard, 20_000)
    assert.equal(config.logLevel, 'silent')
  })

  it('write mails from the host that people know', () => {
    const { mailFrom } = readConfig({ PUBLIC_URL: 'https://kith.example.org' })
    assert.deepEqual(mailFrom, { name: 'Kith', address: 'kith@kith.example.org' })
  })
})

describe('a wrong setting stops the start with its name and what would be right', () => {
  const wrong: [name: string, text: string, rule: RegExp][] = [
    ['PORT', '65536', /port number/],
    ['PORT', '-1', /port number/],
    ['PORT', '80a', /port number/],
    ['PUBLIC_URL', 'kith.example.org', /http or https/],
    ['PUBLIC_URL', 'ftp://example.org', /http or https/],
    ['PUBLIC_URL', 'https://example.org/?a=b', /http or https/],
    ['PUBLIC_URL', 'https://example.org/kith', /no path/],
    ['DATABASE_URL', 'mysql://db/kith', /starts with postgres:\/\//],
    ['DATABASE_URL', 'postgres://one,/kith', /names a host/],
    ['DATABASE_URL', 'postgres://one/kith?target_session_attrs=standby', /Kith writes/],
    ['REDIS_URL', 'localhost:6379', /starts with redis:\/\//],
    ['REDIS_URL', 'redis:6379', /names a host/],
    ['PUBLIC_URL', 'https://ada:pw@example.org', /http or https/],
    ['SMTP_URL', 'mail.example.org', /starts with smtp:\/\//],
    ['MAIL_FROM', 'Kith', /an address/],
    ['MAIL_FROM', 'Kith <a@b>, <c@d>', /an address/],
    ['MAIL_FROM', 'a@example.org\nBcc: b@example.org', /an address/],
    ['CLOUDINARY_URL', 'https://key:secret@cloud', /cloudinary:\/\/KEY:SECRET@CLOUD/],
    ['CLOUDINARY_URL', 'cloudinary://cloud', /cloudinary:\/\/KEY:SECRET@CLOUD/],
    ['CORS_ORIGINS', '*', /exact origins/],
    ['CORS_ORIGINS', 'null', /exact origins/],
    ['CORS_ORIGINS', 'http://localhost:3000/', /exact origins/],
    ['CORS_ORIGINS', 'http://localhost:3000, example.org', /not example\.org/],
    ['TRUST_PROXY', 'true', /networks such as/],
    ['TRUST_PROXY', '1', /networks such as/],
    ['TRUST_PROXY', '10.1/8', /networks such as/],
    ['TRUST_PROXY', '10.0.0.0/33', /networks such as/],
    ['METRICS_ALLOW', 'everyone', /networks such as/],
    ['RATE_LIMITS', 'no', /one of on, off/],
    ['RATE_LIMIT_CONTACTS_LIST', '10', /such as 10\/1m/],
    ['RATE_LIMIT_CONTACTS_CREATE', '0/1m', /such as 10\/1m/],
    ['RATE_LIMIT_CONTACTS', '10/1d', /such as 10\/1m/],
    ['REGISTRATION', 'yes', /one of open, closed, invite/],
    ['DRAIN_SECONDS', '1.5', /whole seconds/],
    ['LOG_LEVEL', 'loud', /one of .*debug/],
    ['SECRET_KEY', 'short', /32 bytes or more/],
  ]
  for (const [name, text, rule] of wrong) {
    it(`${name}=${JSON.stringify(text)}`, () => {
      const problems = problemsOf({ [name]: text })
      assert.equal(problems.length, 1, problems.join('\n'))
      assert.match(problems[0] ?? '', new RegExp(`^${name} `))
      assert.match(problems[0] ?? '', rule)
    })
  }

  it('and all of them are named at once', () => {
    const problems = problemsOf({ LOG_LEVEL: 'x', CORS_ORIGINS: '*', RATE_LIMITS: 'x' })
    assert.deepEqual(
      problems.map((problem) => problem.split(' ')[0]),
      ['CORS_ORIGINS', 'RATE_LIMITS', 'LOG_LEVEL'],
    )
  })
})

describe('the secret key', () => {
  it('is required with DATABASE_URL, where several processes must share it', () => {
    const [problem, ...others] = problemsOf({ DATABASE_URL: 'postgres://db/kith' })
    assert.match(problem ?? '', /^SECRET_KEY is required with DATABASE_URL/)
    assert.deepEqual(others, [])
    assert.deepEqual(problemsOf({ DATABASE_URL: 'postgres://db/kith', SECRET_KEY: secretKey }), [])
  })

  it('is not required by what signs nothing', () => {
    const env = { DATABASE_URL: 'postgres://db/kith' }
    assert.equal(readConfig(env, { secretKey: false }).secretKeys, null)
  })

  it('is asked for in the form that it must have', () => {
    for (const text of ['changeme'.repeat(5), 'abc', 'not base64url!', secretKey.slice(1)]) {
      assert.match(
        problemsOf({ SECRET_KEY: text }).join(),
        /32 bytes, as hex .*openssl rand -hex 32$/,
      )
    }
  })

  it('is never shown in the message that refuses it', () => {
    const text = 'my-own-secret-that-is-too-easy-to-guess-and-goes-on-and-on'
    const problems = problemsOf({ SECRET_KEY: text })
    assert.equal(problems.length, 1)
    assert.doesNotMatch(problems.join(), /my-own/)
  })
})
