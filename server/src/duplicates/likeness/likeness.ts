import { compareNames, type NameMatch } from './person-name.ts'
import { commonSigns, type IsShared, type Sign } from './signs.ts'
import type { Traits } from './traits.ts'

/** What speaks for two entries being of one person. */
export type Reason = { kind: Sign['kind'] | 'name'; value: string }

/** How probable it is that two entries are of one person, from 0 to 1, and why. */
export type Likeness = { score: number; reasons: Reason[] }

// What each observation adds to the logarithm of the odds that two entries are of one person
// (Fellegi and Sunter, A Theory for Record Linkage, 1969): 0.7 doubles the odds, 2.3 is ten times as
// much. They are estimates, held by the quality test.
const weights = {
  /** Two entries that have anything in common by which they were found. */
  start: -5,
  name: {
    same: 4,
    // Half of them are relatives, or namesakes in another alphabet.
    similar: 3.2,
    initials: 2,
    first_only: 1.8,
    // Weddings are rarer than colleagues with one phone, but women keep their numbers.
    family_changed: 1.2,
    unknown: 1.2,
    different: -6,
  } satisfies Record<NameMatch, number>,
  sign: {
    // Couples share an e-mail address, and families a number, but rarely with the same first name.
    email: { own: 5.2, shared: 1.5, partial: 0, full: 0 },
    phone: { own: 4.6, shared: 1.5, partial: 2.4, full: 0 },
    // One in some 20,000, or in 365.
    birthday: { own: 0, shared: 0, partial: 2.6, full: 4 },
    company: { own: 0, shared: 0, partial: 0, full: 1.8 },
    // Fathers and sons of one name live under one roof.
    address: { own: 0, shared: 0, partial: 0, full: 2 },
  } satisfies Record<Sign['kind'], Record<Sign['strength'], number>>,
  colleagues: -3,
  otherBirthday: -8,
  // Senior and junior.
  otherGeneration: -8,
}

/** Below it a pair is not shown: more often than not these are two people. */
export const minScore = 0.5

/**
 * Compares two entries. The name alone is never enough: with the same name it takes another sign, with a
 * similar name two, unless an e-mail address or a number is theirs alone.
 * @returns null for two people, as far as can be seen
 */
export function likenessOf(one: Traits, other: Traits, isShared: IsShared): Likeness | null {
  const match = matchNames(one, other)
  const signs = commonSigns(one, other, isShared)
  if (!isEnough(match, signs)) return null
  const odds =
    weights.start +
    weights.name[match] +
    strongest(signs).reduce((sum, sign) => sum + weightOf(sign, match), 0) +
    (contradictionsOf(one, other) ?? 0)
  const score = 1 / (1 + Math.exp(-odds))
  if (score < minScore) return null
  return { score: Math.round(score * 1000) / 1000, reasons: reasonsFor(match, signs) }
}

/** Whether two entries are certainly of two people, so that no third one may join them. */
export function areDifferent(one: Traits, other: Traits): boolean {
  return matchNames(one, other) === 'different' || contradictionsOf(one, other) !== null
}

function isEnough(match: NameMatch, signs: Sign[]): boolean {
  if (match === 'different') return false
  if (signs.some(({ strength }) => strength === 'own')) return true
  const kinds = new Set(signs.map(({ kind }) => kind)).size
  if (match === 'same') return kinds >= 1
  return (match === 'similar' || match === 'initials') && kinds >= 2
}

function matchNames(one: Traits, other: Traits): NameMatch {
  if (one.name || other.name) {
    // A firm, and somebody who works there.
    const firm = one.name ? other : one
    const isFirm = !firm.name && firm.company !== null
    return isFirm ? 'different' : compareNames(one.name, other.name)
  }
  if (one.company === null || other.company === null) return 'unknown'
  return one.company === other.company ? 'same' : 'different'
}

/** null if nothing speaks against one person. */
function contradictionsOf(one: Traits, other: Traits): number | null {
  const generations = [one.name?.generation ?? null, other.name?.generation ?? null]
  const isOtherGeneration = generations[0] !== generations[1] && !generations.includes(null)
  const isOtherBirthday = haveOtherBirthdays(one, other)
  if (!isOtherBirthday && !isOtherGeneration) return null
  return (
    (isOtherBirthday ? weights.otherBirthday : 0) +
    (isOtherGeneration ? weights.otherGeneration : 0)
  )
}

function haveOtherBirthdays({ birthday: one }: Traits, { birthday: other }: Traits): boolean {
  if (!one || !other) return false
  return (
    one.md !== other.md || (one.year !== null && other.year !== null && one.year !== other.year)
  )
}

/** Two numbers in common are hardly more than one: who copies an entry copies all of it. */
function strongest(signs: Sign[]): Sign[] {
  const best = new Map<Sign['kind'], Sign>()
  for (const sign of signs) {
    const known = best.get(sign.kind)
    if (!known || weightOf(sign) > weightOf(known)) best.set(sign.kind, sign)
  }
  return [...best.values()]
}

function weightOf({ kind, strength }: Sign, match?: NameMatch): number {
  // Colleagues with one first name share a company, its number and its address.
  if (kind === 'company' && match === 'family_changed') return weights.colleagues
  return weights.sign[kind][strength]
}

const telling = new Set<NameMatch>(['same', 'similar', 'initials', 'first_only', 'family_changed'])

function reasonsFor(match: NameMatch, signs: Sign[]): Reason[] {
  const named: Reason[] = telling.has(match) ? [{ kind: 'name', value: match }] : []
  return [...signs.map(({ kind, value }) => ({ kind, value })), ...named]
}
