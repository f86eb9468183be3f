/** Texts that have a part in common: where it is missing, none of them is there. */
export type Family = { part: string; texts: string[] }

// A shorter part is in so many texts that it rules out few.
const minLength = 3

/**
 * Groups texts by parts that they have in common, so that one look for the part stands for a look for each
 * of them. A text that has none with another is its own part.
 */
export function byCommonPart(texts: readonly string[]): Family[] {
  const families: Family[] = []
  let left = [...new Set(texts)]
  while (left.length > 0) {
    const { part, texts: members } = largestFamily(left)
    // What stands in all of them is found wherever one of them is.
    families.push({ part, texts: members.includes(part) ? [part] : members })
    left = left.filter((text) => !members.includes(text))
  }
  return families
}

function largestFamily(texts: readonly string[]): Family {
  const holders = new Map<string, string[]>()
  for (const text of texts) {
    for (const part of partsOf(text)) holders.getOrInsertComputed(part, () => []).push(text)
  }
  let best: Family | undefined
  for (const [part, members] of holders) {
    if (members.length > (best?.texts.length ?? 1)) best = { part, texts: members }
  }
  if (best) return { ...best, part: grown(best.part, best.texts) }
  const [first = ''] = texts
  return { part: first, texts: [first] }
}

// A part of a character outside of the first plane would be no text.
const surrogate = /[\ud800-\udfff]/

function partsOf(text: string): Set<string> {
  const count = surrogate.test(text) ? 0 : Math.max(0, text.length - minLength + 1)
  return new Set(Array.from({ length: count }, (_, at) => text.slice(at, at + minLength)))
}

/** The part with what stands around it in all of the texts. */
function grown(part: string, texts: readonly string[]): string {
  const [first = '', ...others] = texts
  const start = first.indexOf(part)
  let [from, to] = [start, start + part.length]
  const isCommon = () => others.every((text) => text.includes(first.slice(from, to)))
  while (to < first.length && isCommon()) to++
  if (!isCommon()) to--
  while (from > 0 && isCommon()) from--
  if (!isCommon()) from++
  return first.slice(from, to)
}
