/**
 * The `Link` header (RFC 8288) that leads to the next page of a list: the same query, continued
 * behind `cursor`.
 */
export function nextLink(
  publicUrl: URL,
  path: string,
  query: Record<string, string | number>,
  cursor: string,
): string {
  const next = new URL(path, publicUrl)
  const parameters: Record<string, string | number> = { ...query, after: cursor }
  for (const [name, value] of Object.entries(parameters)) {
    if (name !== 'skip') next.searchParams.set(name, String(value))
  }
  return `<${next.href}>; rel="next"`
}
