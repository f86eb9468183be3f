import assert from 'node:assert/strict'
import { it } from 'node:test'
import { openTestDatabase } from '../../test/database.ts'
import { keepUp } from './upkeep.ts'

it('clears dead rows away and cuts the write-ahead log off, in a database that nobody keeps up', async () => {
  await using database = await openTestDatabase()
  const { pool } = database
  const one = async (expression: string) => {
    const { rows } = await pool.query<{ value: number }>(`select ${expression} as value`)
    return Number(rows[0]?.value)
  }
  const deadRows = "pg_stat_get_dead_tuples('things'::regclass)"
  const walBytes = '(select pg_current_wal_insert_lsn() - redo_lsn from pg_control_checkpoint())'
  const visiblePages = "(select relallvisible from pg_class where oid = 'things'::regclass)"

  await pool.query('create table things (id integer, text text)')
  await pool.query("insert into things select n, repeat('x', 300) from generate_series(1, 40000) n")
  for (let round = 0; round < 3; round++) await pool.query('update things set id = id + 1')
  await pool.query('select pg_stat_force_next_flush()')
  assert.ok((await one(deadRows)) > 100_000)
  assert.ok((await one(walBytes)) > 32 * 1024 * 1024)

  await keepUp(pool)
  assert.equal(await one(deadRows), 0)
  assert.ok((await one(walBytes)) < 1024 * 1024)
  assert.ok((await one(visiblePages)) > 0)
})
