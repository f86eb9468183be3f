import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { numbered, parametersOf, parseSql, shapeOf } from './sql.ts'

describe('the SQL files', () => {
  it('are split into statements, with what pgbench keeps of their answers', () => {
    const file = '-- From somewhere: here.\nbegin;\nselect *\nfrom t \\gset row_\ncommit;\n'
    assert.deepEqual(parseSql(file), [
      { text: 'begin', keepAs: null },
      { text: 'select *\nfrom t', keepAs: 'row_' },
      { text: 'commit', keepAs: null },
    ])
  })

  it('tell parameters from casts and from what is quoted', () => {
    const [statement] = parseSql(`select ':no', ":no", 'it''s :no', :yes::uuid, :other;`)
    assert.ok(statement)
    assert.deepEqual(parametersOf(statement), ['yes', 'other'])
    assert.equal(numbered(statement), `select ':no', ":no", 'it''s :no', $1::uuid, $2`)
  })

  it('are the same as what was sent, however parameters and lines are written', () => {
    const [statement] = parseSql('select *\n  from t\n  where a = :a and b = :b;')
    assert.ok(statement)
    const sent = 'select * from t where a = $2 and b = $1'
    assert.equal(shapeOf(numbered(statement)), shapeOf(sent))
    assert.notEqual(shapeOf(numbered(statement)), shapeOf(`${sent} and '$1' = 'c'`))
  })
})
