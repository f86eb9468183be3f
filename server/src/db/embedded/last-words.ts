const complaint = /^(?:.* )?(?:initdb: )?(?:ERROR|FATAL|PANIC|error|fatal): +(.+)$/gm

/** What a program of PostgreSQL has complained of last; empty where it did not. */
export function lastWordsOf(output: string): string {
  return [...output.matchAll(complaint)].at(-1)?.[1] ?? ''
}
