import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  also,
  from,
  manyRows,
  oneRow,
  recordsIn,
  rowsOf,
  sql,
  step,
  using,
  writeOf,
} from './steps.ts'

const owner = oneRow('owner', 'modseq bigint')
const counting = step(
  owner,
  sql`update owners set modseq = modseq + 1 where id = $1 returning modseq`,
)

describe('a write of several steps', () => {
  it('is one statement in which steps read each other, the last one being the answer', () => {
    const write = writeOf({
      steps: [
        counting,
        step(
          'note',
          sql`update notes set text = $2, modseq = owner.modseq${from(owner)} where id = $1`,
        ),
      ],
    })
    assert.equal(
      flat(write.statement),
      'with owner as ( update owners set modseq = modseq + 1 where id = $1 returning modseq ) ' +
        'update notes set text = $2, modseq = owner.modseq from owner where id = $1',
    )
  })

  it('is as many statements, in which the one row of a step is parameters', () => {
    const { steps, answer } = writeOf({
      steps: [
        counting,
        step(
          'note',
          sql`update notes set text = $2, modseq = owner.modseq${from(owner)} where id = $1`,
        ),
      ],
    })
    assert.equal(answer, 'note')
    assert.deepEqual(steps[1], {
      name: 'note',
      text: 'update notes set text = $1, modseq = $2::bigint where id = $3',
      values: [{ at: 1 }, { step: 'owner', column: 'modseq' }, { at: 0 }],
      needs: ['owner'],
      avoids: [],
    })
  })

  it('inserts one row as values, and many from their JSON', () => {
    const gone = manyRows('gone', 'id uuid')
    const { statement, steps } = writeOf({
      steps: [
        counting,
        step(
          'mark',
          sql`insert into marks ${rowsOf({ values: '$1, owner.modseq', from: [owner] })}`,
        ),
        step(gone, sql`delete from notes where owner_id = $1 returning id`),
        step(
          'tombstones',
          sql`insert into tombstones ${rowsOf({ values: '$1, gone.id', from: [gone] })}`,
        ),
        step('links', sql`delete from links${using(gone)} where links.id = gone.id`),
        step('more', sql`select from links${also(owner)}`),
      ],
    })
    assert.match(flat(statement), /insert into marks select \$1, owner\.modseq from owner/)
    assert.match(flat(statement), /delete from links using gone where links\.id = gone\.id/)
    const texts = steps.map(({ text }) => text)
    assert.equal(texts[1], 'insert into marks values ($1, $2::bigint)')
    assert.equal(
      texts[3],
      'insert into tombstones select $1, gone.id from json_to_recordset($2::json) as gone (id uuid)',
    )
    assert.equal(
      texts[4],
      'delete from links using json_to_recordset($1::json) as gone (id uuid) where links.id = gone.id',
    )
    assert.equal(texts[5], 'select from links')
  })

  it('reads records of a parameter where they are needed', () => {
    const next = recordsIn('$2', 'next', 'id uuid')
    const { statement, steps } = writeOf({
      records: [next],
      steps: [step('all', sql`update notes set x = 1${from(next)} where notes.id = next.id`)],
    })
    assert.match(
      flat(statement),
      /^with next as \( select \* from json_to_recordset\(\$2::json\) as/,
    )
    assert.match(
      steps[0]?.text ?? '',
      /set x = 1 from json_to_recordset\(\$1::json\) as next \(id uuid\)/,
    )
    assert.deepEqual(steps[0]?.values, [{ at: 1 }])
  })

  it('leaves a row out where another step has found one', () => {
    const found = manyRows('found', '')
    const insertion = rowsOf({ values: '$1', unless: found })
    const { statement, steps } = writeOf({
      steps: [
        step(found, sql`select from notes`),
        step('note', sql`insert into notes ${insertion}`),
      ],
    })
    assert.match(statement, /insert into notes select \$1 where not exists \(select from found\)$/)
    assert.equal(steps[1]?.text, 'insert into notes values ($1)')
    assert.deepEqual(steps[1]?.avoids, ['found'])
  })

  it('cannot have the name of what it reads for anything else', () => {
    for (const text of [
      sql`update notes set x = 'of owner.modseq', y = owner.modseq${from(owner)}`,
      sql`update notes set x = owner.modseq${from(owner)} where exists (select from owners owner)`,
    ]) {
      assert.throws(() => writeOf({ steps: [counting, step('note', text)] }), /something else/)
    }
  })

  it('cannot read a column whose type is not known', () => {
    const text = sql`update notes set x = owner.epoch${from(owner)}`
    assert.throws(() => writeOf({ steps: [counting, step('note', text)] }), /owner\.epoch/)
  })
})

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
