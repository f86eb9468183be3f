const maxNumbers = 50
const minNumbers = 3
const minShare = 2 / 3

/**
 * The country that most of these phone numbers are of, as a code of ISO 3166-1; null where no country has
 * two thirds of them, or there are too few. Counts only those that begin with the code of a country.
 */
export async function regionOfPhones(phones: string[]): Promise<string | null> {
  const international = phones.filter((phone) => phone.trim().startsWith('+')).slice(0, maxNumbers)
  if (international.length < minNumbers) return null
  // Its metadata takes megabytes, which many servers never need.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  const counts = new Map<string | undefined, number>()
  for (const phone of international) {
    const region = parsePhoneNumberFromString(phone)?.country
    counts.set(region, (counts.get(region) ?? 0) + 1)
  }
  const least = Math.max(minNumbers, international.length * minShare)
  const [found] = [...counts].find(([, count]) => count >= least) ?? []
  return found ?? null
}
