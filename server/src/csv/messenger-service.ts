import { knownMessenger } from '../book/known-messengers.ts'

/** Messengers of CSV files that are unknown in cards, which keep their names as typed. */
const knownInCsv = new Set(['discord', 'line', 'viber', 'wechat'])

/** The service of a messenger: a known one in lower case, another one as typed. */
export function readService(service: string): string {
  const lowerCase = service.toLowerCase()
  return knownMessenger(service) ?? (knownInCsv.has(lowerCase) ? lowerCase : service)
}
