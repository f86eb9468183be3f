/** The name and the password of an `Authorization` header (RFC 7617); undefined for another scheme. */
export function readBasic(
  authorization: string | undefined,
): { username: string; password: string } | undefined {
  const [, encoded] = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? '') ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  return { username: text.slice(0, colon), password: text.slice(colon + 1) }
}
