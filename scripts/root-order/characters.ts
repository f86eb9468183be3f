/** Every character that has a meaning in the Unicode of this Node, but for syllables of Hangul. */
export function assignedCharacters(): string[] {
  const found: string[] = []
  for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
    const character = String.fromCodePoint(codePoint)
    if (!/[\p{Cn}\p{Cs}\p{Co}\uac00-\ud7a3]/u.test(character)) found.push(character)
  }
  return found
}

export function isDecomposed(text: string): boolean {
  return text.normalize('NFD') === text
}
