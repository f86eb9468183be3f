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
  return header.split(',').map((tag) => tag.trim())
}
