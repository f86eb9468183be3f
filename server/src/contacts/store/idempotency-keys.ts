import type { Ask } from '../../db/ask.ts'

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
 * Deletes some of the answers that were kept for long enough, of all owners: time passes for
 * everybody.
 * @returns how many
 */
export async function deleteSomeOldAnswers(
  write: Ask,
  maxAgeDays: number,
  limit: number,
): Promise<number> {
  const rows = await write(
    `delete from idempotency_keys where (owner_id, operation, key) in (
      select owner_id, operation, key from idempotency_keys
      where created_at < now() - make_interval(days => $1::int)
      limit $2 for update skip locked
    ) returning key`,
    [maxAgeDays, limit],
  )
  return rows.length
}
