/**
 * The `Link` header (RFC 8288) that leads to the next page of a list: the same query, continued
 * behind `cursor`. It names a path and no host, so that a client goes on, with its token, to the address
 * that it asked.
 */
export function nextLink(
  path: string,
  query: Record<string, string | number | boolean>,
  cursor: string,
): string {
  const next = new URLSearchParams()
  const parameters: Record<string, string | number | boolean> = { ...query, after: cursor }
  for (const [name, value] of Object.entries(parameters)) {
    if (name !== 'skip') next.set(name, String(value))
  }
  return `<${path}?${next.toString()}>; rel="next"`
}
