/** How likely a pair of octets is as a character: 1 if it is frequent, below 0 if rare; null if none. */
type JudgePair = (first: number, second: number) => number | null

const rare = -0.5

/** A charset in which characters outside of ASCII have two octets. */
export type Multibyte = {
  name: string
  judge: JudgePair
  /** Whether an octet is a character by itself, such as a katakana of half width. */
  isSingle?: (octet: number) => boolean
}

const within = (octet: number, from: number, to: number) => octet >= from && octet <= to
const isUpper = (octet: number) => within(octet, 0xa1, 0xfe)

/** Of equally likely ones, the first is taken. */
export const multibyteCharsets: Multibyte[] = [
  {
    name: 'shift_jis',
    isSingle: (octet) => within(octet, 0xa1, 0xdf),
    judge(first, second) {
      const isTrail = within(second, 0x40, 0x7e) || within(second, 0x80, 0xfc)
      if (!isTrail || !(within(first, 0x81, 0x9f) || within(first, 0xe0, 0xfc))) return null
      const isKana =
        (first === 0x82 && within(second, 0x9f, 0xf1)) || (first === 0x83 && second <= 0x96)
      // Level 1 of JIS X 0208, and the marks of its first row.
      return isKana || within(first, 0x88, 0x98) || (first === 0x81 && second <= 0x9a) ? 1 : rare
    },
  },
  {
    name: 'euc-jp',
    judge(first, second) {
      if (!isUpper(first) || !isUpper(second)) return null
      // Kana tell Japanese from Korean and Chinese; kanji are as likely in those.
      if ((first === 0xa4 || first === 0xa5) && second <= 0xf6) return 1.2
      return within(first, 0xb0, 0xcf) ? 0.6 : rare
    },
  },
  {
    name: 'euc-kr',
    judge(first, second) {
      if (!isUpper(second) || !within(first, 0x81, 0xfe)) return null
      return within(first, 0xb0, 0xc8) ? 1 : rare
    },
  },
  {
    name: 'gb18030',
    judge(first, second) {
      if (!within(first, 0x81, 0xfe) || !(within(second, 0x40, 0xfe) && second !== 0x7f))
        return null
      // Level 1 of GB 2312, and the marks of its first and third rows.
      const isFrequent = within(first, 0xb0, 0xd7) || first === 0xa1 || first === 0xa3
      return isFrequent && second >= 0xa1 ? 1 : rare
    },
  },
  {
    name: 'big5',
    judge(first, second) {
      const isTrail = within(second, 0x40, 0x7e) || isUpper(second)
      if (!within(first, 0xa1, 0xf9) || !isTrail) return null
      return within(first, 0xa4, 0xc6) || first === 0xa1 ? 1 : rare
    },
  },
]

/**
 * How likely a word is in a charset: the sum over its octets outside of ASCII of how likely their
 * characters are; null if it cannot be in this charset.
 */
export function scoreMultibyte(word: Uint8Array, { judge, isSingle }: Multibyte): number | null {
  let score = 0
  let isBroken = false
  let wasAscii = false
  for (let at = 0; at < word.length; at++) {
    const octet = word[at] ?? 0
    if (octet < 0x80) {
      // A letter of ASCII beside an ideograph is one of a Western word.
      if (isLetter(octet) && at > 0 && !wasAscii) isBroken = true
      wasAscii = isLetter(octet)
      continue
    }
    if (wasAscii) isBroken = true
    wasAscii = false
    if (isSingle?.(octet)) {
      score += 0.3
      continue
    }
    const second = word[++at] ?? 0
    const likelihood = judge(octet, second)
    if (likelihood === null) return null
    score += second < 0x80 ? likelihood : 2 * likelihood
  }
  return isBroken ? -Math.abs(score) - 1 : score
}

function isLetter(octet: number): boolean {
  return within(octet | 0x20, 0x61, 0x7a)
}
