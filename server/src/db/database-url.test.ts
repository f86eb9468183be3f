import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseDatabaseUrl } from './database-url.ts'

describe('a DATABASE_URL', () => {
  it('with one host is left as it is', () => {
    const url = 'postgres://kith:p%40ss@db/kith?sslmode=require'
    assert.deepEqual(parseDatabaseUrl(url), {
      connectionString: url,
      hosts: [{ host: 'db', port: 5432 }],
      needsPrimary: false,
    })
  })

  it('may name several hosts, of which the primary is wanted', () => {
    const url = 'postgresql://kith:p%40ss@one,10.0.0.2:5433,[2001:db8::1]:5434/kith?sslmode=require'
    assert.deepEqual(parseDatabaseUrl(url), {
      connectionString: 'postgresql://kith:p%40ss@one/kith?sslmode=require',
      hosts: [
        { host: 'one', port: 5432 },
        { host: '10.0.0.2', port: 5433 },
        { host: '2001:db8::1', port: 5434 },
      ],
      needsPrimary: true,
    })
  })

  it('may say whether the primary is wanted, as for libpq', () => {
    const wants = (attribute: string, hosts = 'one,other') =>
      parseDatabaseUrl(`postgres://${hosts}/kith?target_session_attrs=${attribute}&x=1`)
    assert.equal(wants('read-write').needsPrimary, true)
    assert.equal(wants('primary', 'one').needsPrimary, true)
    assert.equal(wants('any').needsPrimary, false)
    assert.equal(wants('any').connectionString, 'postgres://one/kith?x=1')
    for (const attribute of ['read-only', 'standby', 'prefer-standby', '']) {
      assert.throws(() => wants(attribute), /target_session_attrs of read-write, primary or any/)
    }
  })

  it('is refused where a host is missing or not one', () => {
    for (const text of [
      'mysql://db/kith',
      'postgres:///kith',
      'postgres://one,/kith',
      'postgres://one:port,other/kith',
      'one,other',
    ]) {
      assert.throws(() => parseDatabaseUrl(text), /must be a URL that starts with postgres:\/\//)
    }
    assert.throws(() => parseDatabaseUrl('postgres://one/kith?host=one,other'), /before its path/)
  })
})
