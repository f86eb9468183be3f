// Line breaks, other controls, halves of characters, and the marks that turn the direction of what follows.
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu
const linkJoint = /(?<=[\p{L}\p{N}])\.(?=\p{L}{2})|:(?=\/\/)/gu

/**
 * What a stranger typed, on one line. Mail programs make links of anything that looks like one, and
 * who signs up with another's address chooses what they read: a word joiner, which nobody sees,
 * keeps it plain text.
 */
export function defuseLinks(text: string): string {
  return text.replaceAll(unprintable, ' ').replaceAll(linkJoint, '$&\u2060')
}
