import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { touchAccessKeys } from '../src/accounts/access-keys/queries.ts'
import { findCredentials, startSession } from '../src/accounts/sessions/login-queries.ts'
import { touchSessions } from '../src/accounts/sessions/queries.ts'
import { renewEpochs } from '../src/changes/queries.ts'
import { aging } from '../src/cleanup.ts'
import { beforeFirstId } from '../src/contacts/store/find-batch.ts'
import { findOwners } from '../src/contacts/store/outdated.ts'
import type { Ask } from '../src/db/ask.ts'
import { openDatabase } from '../src/db/database.ts'
import { findOwnersOfOld } from '../src/db/purge.ts'
import { textOf } from '../src/db/steps.ts'
import { rules } from './distributed-sql.ts'
import { callEverything } from './every-call.ts'
import { readOpenApi } from './openapi.ts'
import { partitionByOwner, partitionSchemas } from './partitions.ts'
import { recordStatements, type Statements } from './record-statements.ts'
import { runScenarios } from './scenarios.ts'
import { startServer } from './server.ts'
import { readSqlPieces } from './sql-pieces.ts'

const statements: Statements = new Map()
/** Writes of several steps as one statement; their steps are among the statements. */
const writes: Statements = new Map()
let tables: string[] = []
const server = await startServer(
  {},
  {
    isStepwise: true,
    async open(...where) {
      const database = recordStatements(openDatabase(...where), statements, writes)
      tables = await partitionByOwner(database.pool)
      statements.clear()
      return database
    },
  },
)
after(() => server[Symbol.asyncDispose]())
await callEverything(server, await readOpenApi(server))
await runScenarios(server)
await server.jobsDone()
const alone = ofOwners(statements)
const asked = new Map([...alone, ...ofOwners(writes)])

/** What may ask all partitions: purges ask whose rows are due, the walk over all owners, a restore. */
const ofAllOwners = await textsOf(async (ask) => {
  for (const one of aging) await findOwnersOfOld(ask, one)
  await findOwners(ask, beforeFirstId)
  await renewEpochs(ask)
})

/** What is asked in other words where owners are spread, and there asked above. */
const onOneServer = await textsOf(async (ask) => {
  const one = {
    ...server.services.database,
    read: ask,
    write: ask,
    isDistributed: async () => false,
  }
  await findCredentials(one, '')
  await startSession(one, {
    user: { id: '', password_hash: '', confirmed_at: null, disabled_at: null },
    client: { ip: '', userAgent: '' },
    failures: [],
    expiresAt: new Date(),
    deviceHash: null,
  })
  await touchSessions(ask, [])
  await touchAccessKeys(ask, [])
})
/** A backup holds everybody's rows. */
const ofWholeTables = 'backup/'

describe('in a database that is partitioned by owners', () => {
  it('every statement is planned for the one partition of its owner, but for what is of all', async () => {
    const unpinned: string[] = []
    for (const [text, values] of asked) {
      if (!isPinned(await planOf(text, values))) unpinned.push(text)
    }
    assert.deepEqual(unpinned.toSorted(), ofAllOwners.toSorted())
  })

  it('every place where our SQL names a table of owners was asked', async () => {
    const texts = [...asked.keys(), ...onOneServer]
    const all = await readSqlPieces(tables)
    const pieces = all.filter(({ file }) => !file.startsWith(ofWholeTables))
    assert.ok(pieces.length > tables.length)
    const unasked = pieces.filter(({ piece }) => !texts.some((text) => text.includes(piece)))
    assert.deepEqual(unasked, [])
  })

  for (const { refuses, isBroken, example } of rules) {
    it(`no statement has ${refuses}`, () => {
      assert.ok(isBroken(example))
      const broken = [...alone.keys()].filter((text) => !ofAllOwners.includes(text))
      assert.deepEqual(broken.filter(isBroken), [])
    })
  }
})

/** The queue of jobs has tables of its own. */
function ofOwners(texts: Statements): Statements {
  return new Map([...texts].filter(([text]) => namesTable(text) && !text.includes('pgboss')))
}

function namesTable(text: string): boolean {
  return tables.some((name) => new RegExp(`\\b${name}\\b`).test(text))
}

async function textsOf(work: (ask: Ask) => Promise<unknown>): Promise<string[]> {
  const texts: string[] = []
  await work(async (statement) => {
    texts.push(textOf(statement))
    return []
  })
  return texts
}

type Plan = { [key: string]: unknown; Schema?: string; Plans?: Plan[] }

/** How a statement would be done with these values. */
async function planOf(text: string, values: unknown[]): Promise<Plan> {
  const { pool } = server.services.database
  const { rows } = await pool.query(`explain (verbose, format json) ${text}`, values)
  return rows[0]['QUERY PLAN'][0]['Plan']
}

/** Whether the planner itself, and not only the run, leaves one partition of all tables. */
function isPinned(plan: Plan): boolean {
  const nodes = nodesOf(plan)
  const partitions = new Set(nodes.map(({ Schema: schema = '' }) => schema))
  const isPrunedLater = nodes.some((node) => Number(node['Subplans Removed'] ?? 0) > 0)
  return !isPrunedLater && partitionSchemas.filter((name) => partitions.has(name)).length <= 1
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}
