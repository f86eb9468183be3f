import type { Contact } from '../worker/calls.ts'

type Address = Contact['addresses'][number]

// Where the region and the postal code stand behind the city: the United States, Canada and Australia.
const names =
  /^(?:u\.?s\.?(?:a\.?)?|united states(?: of america)?|vereinigte staaten(?: von amerika)?|сша|canada|kanada|канада|australi(?:a|en)|австралія)$/i
const codes = new Set(['US', 'CA', 'AU'])

/**
 * City, region and postal code on their lines: “10117 Berlin”, but “Springfield, IL 62701”.
 * @param home the code of the country that is meant where none is written
 */
export function townLines(address: Address, home = homeOfReader()): string[] {
  const { city, region, postal_code: code, country } = address
  const isBehind = country ? isNamed(country.trim()) : codes.has(home)
  if (!isBehind) return [[code, city].filter(Boolean).join(' '), region ?? ''].filter(Boolean)
  const end = [region, code].filter(Boolean).join(' ')
  return [[city, end].filter(Boolean).join(', ')].filter(Boolean)
}

function isNamed(country: string): boolean {
  return names.test(country) || codes.has(country.toUpperCase())
}

function homeOfReader(): string {
  return new Intl.Locale(navigator.language).region ?? ''
}
