import type { Ask } from '../../db/ask.ts'
import type { Aging } from '../../db/purge.ts'

/** Which request of an owner it is: each operation has keys of its own. */
export type RequestKey = { ownerId: string; operation: string; key: string }

/** What was asked under a key, and what was answered. */
export type KeptAnswer<Answer> = { requestHash: Buffer; answer: Answer }

export async function findAnswer<Answer>(
  read: Ask,
  { ownerId, operation, key }: RequestKey,
): Promise<KeptAnswer<Answer> | undefined> {
  const rows = await read<{ request_hash: Buffer; answer: Answer }>(
    `select request_hash, answer from idempotency_keys
    where owner_id = $1 and operation = $2 and key = $3`,
    [ownerId, operation, key],
  )
  return rows[0] && { requestHash: rows[0].request_hash, answer: rows[0].answer }
}

export async function keepAnswer(
  write: Ask,
  { ownerId, operation, key }: RequestKey,
  { requestHash, answer }: KeptAnswer<object>,
): Promise<void> {
  await write(
    `insert into idempotency_keys (owner_id, operation, key, request_hash, answer)
    values ($1, $2, $3, $4, $5)`,
    [ownerId, operation, key, requestHash, JSON.stringify(answer)],
  )
}

/**
 * What was kept under each of several keys, by the primary key for each: of all keys at once PostgreSQL
 * would rather read every answer of an owner who had few when it planned.
 */
const keptOf = `unnest($3::text[]) as asked (key) cross join lateral (
      select request_hash, answer from idempotency_keys
      where owner_id = $1 and operation = $2 and key = asked.key limit 1
    ) kept`

/** What was answered to requests, by their keys: the JSON as it was kept. */
export async function findAnswers(
  read: Ask,
  ownerId: string,
  operation: string,
  keys: readonly string[],
): Promise<Map<string, KeptAnswer<string>>> {
  if (keys.length === 0) return new Map()
  const rows = await read<{ key: string; request_hash: Buffer; answer: string }>(
    `select asked.key, request_hash, answer::text as answer from ${keptOf}`,
    [ownerId, operation, keys],
  )
  return new Map(
    rows.map(({ key, request_hash: requestHash, answer }) => [key, { requestHash, answer }]),
  )
}

/** How many octets these have. */
export async function findAnswerSizes(
  read: Ask,
  ownerId: string,
  operation: string,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await read<{ key: string; octets: number }>(
    `select asked.key, octet_length(answer::text) as octets from ${keptOf}`,
    [ownerId, operation, keys],
  )
  return new Map(rows.map(({ key, octets }) => [key, octets]))
}

/** Keeps answers, which are JSON already. */
export async function keepAnswers(
  write: Ask,
  ownerId: string,
  operation: string,
  answers: readonly (KeptAnswer<string> & { key: string })[],
): Promise<void> {
  if (answers.length === 0) return
  await write(
    `insert into idempotency_keys (owner_id, operation, key, request_hash, answer)
    select $1, $2, key, request_hash, answer
    from unnest($3::text[], $4::bytea[]) with ordinality as request (key, request_hash, number)
    join json_array_elements($5::json) with ordinality as kept (answer, number) using (number)`,
    [
      ownerId,
      operation,
      answers.map(({ key }) => key),
      answers.map(({ requestHash }) => requestHash),
      `[${answers.map(({ answer }) => answer).join(',')}]`,
    ],
  )
}

/** Kept answers, which are good for seven days. */
export const agingAnswers: Aging = {
  table: 'idempotency_keys',
  owner: 'owner_id',
  key: 'operation, key',
  since: 'created_at',
  lifetime: '7 days',
}
