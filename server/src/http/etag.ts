/** Whether `If-None-Match` (RFC 9110, 13.1.2) says that the client has this already. */
export function isFresh(ifNoneMatch: string | undefined, etag: string): boolean {
  return (
    ifNoneMatch !== undefined &&
    tagsIn(ifNoneMatch).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)
  )
}

/** Whether `If-Match` (RFC 9110, 13.1.1) allows a write on this tag. Weak tags never match. */
export function isMatch(ifMatch: string | undefined, etag: string): boolean {
  return ifMatch === undefined || tagsIn(ifMatch).some((tag) => tag === '*' || tag === etag)
}

function tagsIn(header: string): string[] {
  return header.split(',').map((tag) => asSent(tag.trim()))
}

/**
 * A tag as we sent it. A proxy that compresses an answer adds the coding to its tag, as Apache and Caddy
 * do, and passes back to us what the client then sends. Ours name revisions, which no coding changes, so
 * that a write may depend on such a tag too. nginx makes the tag weak instead, and then none may.
 */
function asSent(tag: string): string {
  return tag.replace(/-(?:gzip|br|zstd|deflate)"$/, '"')
}
