import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, signUp, type Answer } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'
import { queueReprojection } from '../job-handlers.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { services } = server
const ada = await signUp(server)
const indexStateOf = ({ headers }: Answer) => headers['x-index-state']

describe('a server after an upgrade', () => {
  it('says where an answer may lack contacts, and only there', async () => {
    await ada.post('/api/contacts', { first_name: 'Mary' })
    const told = [
      '/api/contacts',
      '/api/contacts?sort=-first_name&view=full',
      '/api/contacts?sort=created_at&last_name=h',
      '/api/contacts/search?q=mary&sort=updated_at',
    ]
    const others = ['/api/contacts?sort=created_at', '/api/trash', '/api/contacts/birthdays']
    await services.database.pool.query('update column_versions set finished_at = null')
    services.indexState.note(false)
    for (const url of told) assert.equal(indexStateOf(await ada.get(url)), 'updating', url)
    for (const url of others) assert.equal(indexStateOf(await ada.get(url)), undefined, url)

    // Another process does the rest.
    await services.database.pool.query('update column_versions set finished_at = now()')
    await until('this one to see it', () => !services.indexState.isUpdating, 30_000)
    for (const url of told) assert.equal(indexStateOf(await ada.get(url)), undefined, url)
  })

  it('writes the columns of all contacts anew by itself', async () => {
    const add = (name: string) => ada.post('/api/contacts', { first_name: name })
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => add(`Grace ${at}`)))
    answers.forEach((answer) => expectStatus(answer, 201))
    const { pool } = services.database
    await pool.query(`update contacts set proj_version = proj_version - 1, search = 'outdated'`)
    await pool.query('delete from column_versions')
    const noted: boolean[] = []
    const indexState = {
      ...services.indexState,
      note(isComplete: boolean) {
        noted.push(isComplete)
        services.indexState.note(isComplete)
      },
    }
    await queueReprojection({ ...services, indexState })
    assert.deepEqual(noted, [false])

    const found = await until('the index to be complete', async () => {
      const answer = await ada.get('/api/contacts/search?q=grace')
      expectStatus(answer, 200)
      return indexStateOf(answer) === undefined && answer
    })
    assert.equal(found.headers['x-total-count'], '60')
    const metrics = await server.inject('/metrics')
    assert.match(metrics.body, /^kith_contacts_reprojected_total 61$/m)
  })
})
