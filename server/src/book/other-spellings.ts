// How passports, tickets and addresses spell letters that a keyboard lacks.
const spelled: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

/** The text with German and Scandinavian letters as two, Mueller for Müller; null if it has none. */
export function withoutUmlauts(text: string): string | null {
  const composed = text.normalize('NFC')
  const plain = composed.replaceAll(
    /[äöüøå]/gi,
    (letter) => spelled[letter.toLowerCase()] ?? letter,
  )
  return plain === composed ? null : plain
}

const isSpaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u

/**
 * The names as Chinese, Japanese and Korean people write them, without a space, in both orders: the last
 * name stands before the first and behind it. null where that is no other text than the names.
 */
export function joinedNames(lastName: string | null, firstName: string | null): string | null {
  const names = `${lastName ?? ''} ${firstName ?? ''} ${lastName ?? ''}`.trim()
  return isSpaceless.test(names) && /\s/.test(names) ? names.replaceAll(/\s+/g, '') : null
}
