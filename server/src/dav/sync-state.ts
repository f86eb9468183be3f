import { positionAt } from '../changes/changes.ts'
import { toToken } from '../changes/position.ts'
import type { Position } from '../changes/position.ts'
import type { Head } from '../changes/queries.ts'

/** The token of a next sync of a book, and what changes whenever the book does. */
export function syncStateAt(publicUrl: URL, head: Head): { syncToken: string; ctag: string } {
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

/** What all tokens begin with. */
export function syncRoot({ origin }: URL): string {
  return `${origin}/dav/sync/`
}
