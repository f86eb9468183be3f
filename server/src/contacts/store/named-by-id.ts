const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** In SQL: the id of the contact that would have this file name if it had none of its own; null for other names. */
export function idInName(name: string): string {
  return `case when ${name} ~ '^${uuid}[.]vcf$' then left(${name}, 36)::uuid end`
}
