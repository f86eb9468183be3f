import { randomUUIDv7 } from 'node:crypto'
import type { Handler } from '../call.ts'
import { nothingHere } from '../dav-error.ts'
import { pathOf } from '../paths.ts'
import { sendWritten, writeCard } from './put.ts'

/** POST of a card that is to get a name (RFC 5995). */
export const post: Handler = async (call) => {
  const { account, place, reply } = call
  if (place.kind !== 'card') throw nothingHere()
  const added = { ...place, name: `${randomUUIDv7()}.vcf` }
  const written = await writeCard(call, added)
  void reply.header('location', pathOf(added, account.userId))
  return sendWritten(call, added, written)
}
