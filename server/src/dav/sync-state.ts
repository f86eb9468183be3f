import { positionAt } from '../changes/changes.ts'
import { toToken } from '../changes/position.ts'
import type { Position } from '../changes/position.ts'
import type { Head } from '../changes/queries.ts'

/** The token of a next sync of a book, and what changes whenever the book does. */
export function syncStateAt(
  publicUrl: URL,
  slug: string,
  head: Head,
): { syncToken: string; ctag: string } {
  return {
    syncToken: toSyncToken(publicUrl, slug, positionAt(head)),
    ctag: `${head.epoch}-${head.modseq}`,
  }
}

/** A token is a URI (RFC 6578, 4): one of ours, with the book that it is good for and the token of the feed of changes. */
export function toSyncToken(publicUrl: URL, slug: string, position: Position): string {
  return `${tokenRoot(publicUrl, slug)}${toToken(position)}`
}

/** The token of the feed in a URI; undefined for one that is not of this book. */
export function feedTokenIn(publicUrl: URL, slug: string, syncToken: string): string | undefined {
  const root = tokenRoot(publicUrl, slug)
  return syncToken.startsWith(root) ? syncToken.slice(root.length) : undefined
}

/** What the tokens of all books begin with. */
export function syncRoot({ origin }: URL): string {
  return `${origin}/dav/sync/`
}

function tokenRoot(publicUrl: URL, slug: string): string {
  return `${syncRoot(publicUrl)}${encodeURIComponent(slug)}/`
}
