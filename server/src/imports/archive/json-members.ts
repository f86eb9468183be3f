/** The members of an object in JSON; null where the text is something else. */
export function membersIn(text: string): Record<string, unknown> | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  return isObject(value) ? value : null
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text as PostgreSQL can hold it: well-formed, and without NUL. */
export function textIn(value: unknown): string | null {
  if (typeof value !== 'string' || value === '' || value.includes('\0')) return null
  return value.toWellFormed()
}

export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((one) => textIn(one) ?? []) : []
}

/** A time in ISO 8601 that is not in the future. */
export function timeIn(value: unknown): string | null {
  if (typeof value !== 'string' || !isoTime.test(value)) return null
  const time = Date.parse(value)
  return time >= firstTime && time <= Date.now() ? new Date(time).toISOString() : null
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/
// Before it, there was no address book of ours to write archives.
const firstTime = Date.UTC(2000, 0, 1)
