import pg from 'pg'
import { medianOf } from './median.ts'

const times = 500

/** What PostgreSQL takes by itself to write one small row and to have it on disk, in ms. */
export async function measureCommit(databaseUrl: string): Promise<number> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query('create table commits (number integer)')
    const text = 'insert into commits values ($1)'
    const ms = await medianOf(() => client.query({ name: 'commit', text, values: [1] }), times)
    await client.query('drop table commits')
    return ms
  } finally {
    await client.end()
  }
}
