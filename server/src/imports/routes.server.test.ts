import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { contactsOf } from '../../test/contacts.ts'
import { entriesOf, finished, imported, importFile } from '../../test/imports.ts'
import { byToken, expectStatus, logIn, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer, type TestServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const owner = await signUp(server)

const one = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n'
const url = '/api/imports'

describe('POST /api/imports', () => {
  it('refuses what is no file of contacts, and says why', async () => {
    for (const [content, code] of [
      ['', 'file_empty'],
      [' \r\n\r\n', 'file_empty'],
      ['PK\u0003\u0004xyz', 'file_damaged'],
      ['%PDF-1.7', 'file_not_recognised'],
      ['a,b,c\r\n1,2,3\r\n', 'csv_not_recognised'],
      ['<html>', 'file_not_recognised'],
      [Buffer.from('\u0089PNG\r\n', 'latin1'), 'file_not_recognised'],
      ['[{"name": "Ada", "phone": "1"}]', 'file_not_recognised'],
      ['\0\0\0\0', 'file_not_recognised'],
    ] as const) {
      const answer = await importFile(owner, content, { name: 'contacts.csv' })
      expectProblem(answer, 422, code)
      assert.match(answer.json().detail, /\.$/)
    }
    for (const [content, name] of [
      ['garbage', 'garbage.vcf'],
      ['FN:Ada\r\nTEL:1\r\n', 'contacts'],
      ['NAME;ARG=x:Ada\r\nEMAIL;ARG=x:a@example.org\r\n', 'contacts'],
      ['NAME;ARG=x\r\nNAME;ARG=y\r\n', 'contacts'],
    ] as const) {
      const answer = await importFile(owner, content, { name })
      expectProblem(answer, 422, 'file_not_recognised')
      assert.match(answer.json().detail, /BEGIN:VCARD/)
    }
    assert.deepEqual((await owner.get(url)).json(), [])
  })

  it('refuses what is no form with a file', async () => {
    const type = { 'content-type': 'text/vcard' }
    expectProblem(await owner.post(url, one, type), 415, 'unsupported_media_type')
    expectProblem(await owner.post(url, { file: 'x' }), 415, 'unsupported_media_type')
    expectRefused(await importFile(owner, one, { field: 'other' }), '/file')
    const form = { 'content-type': 'multipart/form-data; boundary=x' }
    expectRefused(await owner.post(url, '--x--\r\n', form), '/file')
    const part = `--x\r\ncontent-disposition: form-data; name="file"\r\n\r\n${one}`
    expectProblem(await owner.post(url, part, form), 400, 'malformed_multipart')
    const long = part.replace('FN:Ada', `FN:Ada\r\nNOTE:${'x'.repeat(300_000)}`)
    for (const cut of [part.slice(0, -5), `${part}\r\n`, `${part}\r\n--x`, long]) {
      expectProblem(await owner.post(url, cut, form), 400, 'malformed_multipart')
    }
    const two = `${part}\r\n${part}\r\n--x--\r\n`
    expectRefused(await owner.post(url, two, form), '/file')
    expectRefused(
      await owner.post(`${url}?dry_run=2&x=1`, `${part}\r\n--x--\r\n`, form),
      '/dry_run',
      '/x',
    )
    expectProblem(
      await server.inject({ method: 'POST', url, payload: one }),
      401,
      'not_authenticated',
    )
    const { rows } = await server.services.database.pool.query('select count(*) from imports')
    assert.equal(Number(rows[0].count), 0)
  })

  it('takes 50 MB and no more', async () => {
    const row = `"${'x'.repeat(50_000)}"\r\n`
    const count = Math.ceil((50 * 1024 * 1024) / row.length)
    const answer = await importFile(owner, `Notes,First Name\r\n${row.repeat(count)}`)
    expectProblem(answer, 413, 'too_large')
    const { rows } = await server.services.database.pool.query('select count(*) from import_files')
    assert.equal(Number(rows[0].count), 0)
  })

  it('takes 100,000 entries and no more', async () => {
    const done = await imported(owner, `First Name\r\n${'x\r\n'.repeat(100_001)}`, {
      name: 'a.csv',
    })
    assert.deepEqual([done.state, done.created], ['failed', 0])
    assert.match(done.reason ?? '', /more than 100000 entries/)
    assert.deepEqual(done.remarks, [
      { code: 'too_many_entries', detail: done.reason, values: { max: 100_000 } },
    ])
    const entries = await owner.get(`${url}/${done.id}/entries`)
    assert.deepEqual(entries.json(), [])
  })
})

describe('a CSV file', () => {
  it('is imported whatever wrote it, and its failed rows can be had back', async () => {
    const ben = await signUp(server)
    const file = Buffer.from(
      'Vorname;Nachname;E-Mail-Adresse;Telefon (privat);Geburtstag\r\n' +
        'Jürgen;Müller;j@example.org;030 1;24.12.1980\r\n' +
        '"broken;x;y;z\r\n' +
        'a;b;c;d;e;f\r\n' +
        ';;;;01.02.1990\r\n' +
        'Éva;Nagy;;"=1+1";\r\n',
      'latin1',
    )
    const done = await imported(ben, file, { name: 'Kontakte.csv' })
    assert.equal(done.format, 'csv')
    assert.deepEqual([done.created, done.failed], [3, 2])
    const entries = await entriesOf(ben, done)
    assert.deepEqual(
      entries.map(({ number, outcome, reason }) => [number, outcome, reason]),
      [
        [
          2,
          'failed',
          'A quotation mark is not closed, or stands inside a quoted cell without being doubled.',
        ],
        [3, 'failed', 'The row has more cells than the file has columns.'],
      ],
    )
    assert.deepEqual(
      entries.flatMap(({ remarks }) => remarks.map(({ code }) => code)),
      ['row_broken_quotes', 'row_too_many_cells'],
    )
    const first = await ben.get(`${url}/${done.id}/entries?outcome=failed&limit=1`)
    const [, next = ''] = /<(.+)>; rel="next"/.exec(String(first.headers['link'])) ?? []
    const { pathname, search } = new URL(next, 'http://localhost')
    const second = await ben.get(pathname + search)
    assert.equal(second.headers['link'], undefined)
    assert.deepEqual([...first.json(), ...second.json()], entries)
    const failed = await ben.get(`${url}/${done.id}/failed`)
    assert.equal(failed.headers['content-type'], 'text/csv; charset=utf-8')
    assert.match(failed.body, /^Vorname,Nachname,E-Mail-Adresse,Telefon \(privat\),Geburtstag\r\n/)
    assert.equal(failed.body.trim().split('\r\n').length, 3)
    const again = await imported(ben, file)
    assert.deepEqual([again.created, again.same, again.failed], [0, 3, 2])
    const contacts = await contactsOf(ben)
    const jurgen = contacts.find((one) => one.last_name === 'Müller')
    assert.equal(jurgen?.birthday, '1980-12-24')
  })
})

describe('the reports of imports', () => {
  it('is listed, newest first', async () => {
    const ben = await signUp(server)
    const first = await imported(ben, one)
    const second = await imported(ben, one, { dryRun: true })
    const list = (await ben.get(url)).json()
    assert.deepEqual(list, [second, first])
    assert.deepEqual((await ben.get(`${url}/${first.id}`)).json(), first)
    expectProblem(await ben.get(`${url}/01a20497-405b-7167-a9e2-939dbd06ad08`), 404, 'not_found')
    expectRefused(await ben.get(`${url}/x`), '/id')
  })

  it('is nobody else’s', async () => {
    const ben = await signUp(server)
    const { id } = await imported(ben, one)
    const eve = await signUp(server)
    for (const path of ['', '/entries', '/events', '/failed']) {
      expectProblem(await eve.get(`${url}/${id}${path}`), 404, 'not_found')
    }
    expectProblem(await eve.delete(`${url}/${id}`), 404, 'not_found')
    assert.equal((await ben.get(`${url}/${id}`)).json().state, 'done')
  })

  it('comes as events while it happens', async () => {
    const ben = await signUp(server)
    const cards = Array.from({ length: 2_000 }, (_, at) => one.replace('Ada', `Person ${at}`))
    const answer = await importFile(ben, cards.join(''))
    const stream = await ben.get(`${url}/${answer.json().id}/events`)
    expectStatus(stream, 200)
    assert.equal(stream.headers['content-type'], 'text/event-stream; charset=utf-8')
    assert.equal(stream.headers['cache-control'], 'no-store')
    const events = stream.body
      .trim()
      .split('\n\n')
      .map((event) => {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? []
        return { name, data: JSON.parse(data ?? '') }
      })
    assert.ok(events.length > 1)
    assert.ok(events.slice(0, -1).every(({ name }) => name === 'progress'))
    const progress = events.map(({ data }) => data.progress)
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    )
    assert.equal(events.at(-1)?.name, 'done')
    assert.equal(events.at(-1)?.data.created, 2_000)
    const late = await ben.get(`${url}/${answer.json().id}/events`)
    assert.match(late.body, /^event: done\n/)
  })
})

describe('rows of a CSV file', () => {
  it('that are above 1 MiB are told of, and not given back cut', async () => {
    const ben = await signUp(server)
    const file = `Name,Notes\r\nAda,${'x'.repeat(1_100_000)}\r\nBo,1,2\r\nCy,3\r\n`
    const done = await imported(ben, file)
    assert.deepEqual([done.created, done.failed], [1, 2])
    const [large] = await entriesOf(ben, done)
    assert.match(large?.name ?? '', /^Ada,xxx/)
    assert.match(large?.reason ?? '', /It is not in the file of the failed entries\.$/)
    const failed = await ben.get(`${url}/${done.id}/failed`)
    assert.equal(failed.body, 'Name,Notes\r\nBo,1,2\r\n')
  })

  it('say nothing new of a contact that only its card shows, and are nobody elsewhere', async () => {
    const [ben, cem] = [await signUp(server), await signUp(server)]
    assert.equal((await imported(ben, one.replace('FN:Ada', 'FN:\r\nX-ODD:kept'))).created, 1)
    const file = (await ben.get('/api/export?format=csv')).body
    assert.equal((await imported(ben, file)).same, 1)
    const done = await imported(cem, file)
    assert.deepEqual([done.created, done.failed], [0, 1])
    assert.equal((await entriesOf(cem, done))[0]?.reason, 'The row holds no contact.')
  })
})

describe('listening over the network', () => {
  /** An import that does not come to an end. */
  async function endlessImport(owner: Person, { services }: TestServer): Promise<string> {
    const done = await imported(owner, one)
    const { rows } = await services.database.pool.query(
      `insert into imports (owner_id, id, state, is_dry_run, file_name, format)
      select owner_id, gen_random_uuid(), 'running', is_dry_run, file_name, format
      from imports where id = $1 returning id`,
      [done.id],
    )
    return rows[0].id
  }

  it('ends with the session, or with the API token', async () => {
    await using other = await startServer({}, { listen: true })
    const ben = await signUp(other)
    const [phone, script] = [await logIn(other, ben), await byToken(other, ben)]
    const id = await endlessImport(ben, other)
    const [ofPhone, ofScript] = await Promise.all(
      [phone, script].map(async ({ tokens }) => {
        const headers = { authorization: `Bearer ${tokens.access_token}` }
        const signal = AbortSignal.timeout(30_000)
        return fetch(`${other.url}${url}/${id}/events`, { headers, signal })
      }),
    )
    expectStatus(await ben.delete(`/api/users/me/tokens/${script.id}`), 204)
    assert.match((await ofScript?.text()) ?? '', /^event: progress\n/)
    expectStatus(await phone.post('/api/auth/logout'), 204)
    assert.match((await ofPhone?.text()) ?? '', /^event: progress\n/)
  })

  it('ends with the client, and with the server, and is for a few at once', async () => {
    await using other = await startServer({}, { listen: true })
    const ben = await signUp(other)
    const headers = { authorization: `Bearer ${ben.tokens.access_token}` }
    const id = await endlessImport(ben, other)
    const listen = (signal: AbortSignal) =>
      fetch(`${other.url}${url}/${id}/events`, { headers, signal })
    const leaving = new AbortController()
    const streams = await Promise.all([1, 2, 3, 4].map(() => listen(leaving.signal)))
    assert.ok(streams.every(({ status }) => status === 200))
    const fifth = await listen(AbortSignal.timeout(30_000))
    assert.equal(fifth.status, 429)
    assert.match(await fifth.text(), /too_many_streams/)
    leaving.abort()
    const next = await until('a place', async () => {
      const answer = await listen(AbortSignal.timeout(30_000))
      return answer.status === 200 && answer
    })
    const text = next.text()
    await other.app.close()
    assert.match(await text, /^event: progress\n/)
  })

  it('is limited to 20 files an hour, which are not counted as single contacts', async () => {
    await using other = await startServer({ RATE_LIMITS: 'on' })
    const ben = await signUp(other)
    for (let left = 19; left >= 0; left--) {
      const answer = await importFile(ben, one.replace('Ada', `Person ${left}`).repeat(20))
      await finished(ben, answer)
      assert.equal(answer.headers['ratelimit-policy'], '"imports";q=20;w=3600')
    }
    expectProblem(await importFile(ben, one), 429, 'rate_limited')
    await other.services.database.pool.query(
      `update imports set state = 'waiting' where id in (select id from imports limit 10)`,
    )
    // A file refused for too many waiting imports does not count as one of the twenty.
    expectProblem(await importFile(ben, one), 409, 'too_many_imports')
    expectStatus(await ben.post('/api/contacts', { first_name: 'One' }), 201)
  })
})
