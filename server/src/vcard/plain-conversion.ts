import { plainVersion } from './plain-card.ts'

const lineEnd = String.raw`\r?\n`
const fold = String.raw`[ \t]+[^\r\n]*${lineEnd}`
const group = String.raw`(?:[\w-]+\.)?`
const type = String.raw`(?!PREF\b)[\w-]+`
const types = `(?:;TYPE=${type}(?:,${type})*)*`
const text = String.raw`:[^\r\n]*${lineEnd}(?:${fold})*`
/** Up to so many components on one line. */
const components = (most: number) =>
  String.raw`:(?:[^;\r\n]*;){0,${most - 1}}[^;\r\n]*${lineEnd}(?![ \t])`

const sharedLine = [
  `(?:CATEGORIES|NICKNAME|NOTE|ORG|PRODID|REV|TITLE|UID|URL)${text}`,
  `${group}(?:EMAIL|X-ABLABEL)${types}${text}`,
  String.raw`${group}TEL${types}(?!:\s*tel:)${text}`,
  `${group}ADR${types}${components(7)}`,
  String.raw`X-SOCIALPROFILE;TYPE=${type};X-USER=\w+${text}`,
  `N${components(5)}`,
  String.raw`FN:[^\r\n]*${lineEnd}`,
  String.raw`BDAY:(?!1604)\d{4}-\d\d-\d\d${lineEnd}`,
].join('|')
const sharedLines = new RegExp(
  String.raw`^BEGIN:VCARD${lineEnd}VERSION:4\.0${lineEnd}(?:${sharedLine})*END:VCARD${lineEnd}$`,
  'i',
)
const names = [/\nN:/gi, /\nFN:/gi]
/** An FN that says something, in whatever script: another one is written anew. */
const fullName = /\nFN:[^\r\n]*[\p{L}\p{N}]/iu
const birthday = /\nBDAY:/gi

/**
 * A plain card of 4.0 in 3.0, if VERSION is its only line that has another form there. null where it takes
 * a closer look.
 */
export function plainlyTo3(card: string): string | null {
  if (!sharedLines.test(card) || !fullName.test(card) || plainVersion(card) === null) return null
  if (names.some((name) => countOf(name, card) !== 1) || countOf(birthday, card) > 1) return null
  return card.replace(/(?<=^BEGIN:VCARD\r?\nVERSION:)4/i, '3')
}

function countOf(pattern: RegExp, card: string): number {
  return card.match(pattern)?.length ?? 0
}
