import { positionAt } from '../changes/changes.ts'
import { toToken } from '../changes/position.ts'
import type { Position } from '../changes/position.ts'
import { findHead, insertHead, type Head } from '../changes/queries.ts'
import type { Ask } from '../db/ask.ts'

type Reading = { read: Ask; write: Ask; publicUrl: URL }

/** Where a book is now: the token of its next sync, and what changes whenever it does. */
export async function syncStateOf(
  { read, write, publicUrl }: Reading,
  ownerId: string,
): Promise<{ syncToken: string; ctag: string }> {
  const head: Head = (await findHead(read, ownerId)) ?? (await insertHead(write, ownerId))
  return {
    syncToken: toSyncToken(publicUrl, positionAt(head)),
    ctag: `${head.epoch}-${head.modseq}`,
  }
}

/** A token is a URI (RFC 6578, 4): one of ours, behind which is the token of the feed of changes. */
export function toSyncToken(publicUrl: URL, position: Position): string {
  return `${syncRoot(publicUrl)}${toToken(position)}`
}

/** The token of the feed in a URI; undefined for one that is not of ours. */
export function feedTokenIn(publicUrl: URL, syncToken: string): string | undefined {
  const root = syncRoot(publicUrl)
  return syncToken.startsWith(root) ? syncToken.slice(root.length) : undefined
}

function syncRoot({ origin }: URL): string {
  return `${origin}/dav/sync/`
}
