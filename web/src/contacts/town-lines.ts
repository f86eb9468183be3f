import type { Contact } from '../worker/calls.ts'

type Address = Contact['addresses'][number]

// States and provinces as envelopes have them in the United States, Canada and Australia.
const states =
  /^(?:A[BKLRZ]|ACT|BC|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ABDEINOST]|N[BCDEHJLMSTUVY]|NSW|O[HKNR]|P[AE]|Q(?:C|LD)|RI|S[ACDK]|T[NX]|TAS|UT|V[AT]|VIC|W[AIVY]|YT)$/i
// Its provinces have such letters as well, and its postal codes stand in front.
const italy = /^ital|^it$/i

/** City, region and postal code on their lines: “10117 Berlin”, but “Springfield, IL 62701”. */
export function townLines({ city, region, postal_code: code, country }: Address): string[] {
  const isBehind = region !== null && states.test(region) && !italy.test(country ?? '')
  if (!isBehind) return [[code, city].filter(Boolean).join(' '), region ?? ''].filter(Boolean)
  return [[city, [region, code].filter(Boolean).join(' ')].filter(Boolean).join(', ')]
}
