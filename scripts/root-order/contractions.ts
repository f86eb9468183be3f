import { isDecomposed } from './characters.ts'
import { byVariants, joiner } from './collators.ts'

// The characters of a contraction stand in one block, but for marks and signs of several scripts.
const neighbourhood = 0x100
// Scripts of thousands of characters, none of which begins a contraction.
const large =
  /[\p{Script=Han}\p{Script=Tangut}\p{Script=Egyp}\p{Script=Yi}\p{Script=Xsux}\p{Script=Hluw}]/u
const sign = /(?=[\p{Script=Common}\p{Script=Inherited}])[\p{M}\p{P}\p{Lm}]/u

/** Texts in NFD that weigh something else than their characters one by one. */
export function contractions(characters: readonly string[]): string[] {
  const composed = characters.map((one) => one.normalize('NFD'))
  const plain = characters.filter((one) => isDecomposed(one) && !large.test(one))
  const signs = plain.filter((one) => sign.test(one))
  const found = new Set(composed.filter(isContraction))
  for (const [at, one] of plain.entries()) {
    const others = /\p{L}/u.test(one) ? signs : []
    const near = plain.slice(Math.max(0, at - neighbourhood), at + neighbourhood)
    for (const other of [...near, ...others]) if (isContraction(one + other)) found.add(one + other)
  }
  return [...found].filter(isDecomposed)
}

function isContraction(text: string): boolean {
  const [first = '', ...others] = text
  return others.length > 0 && byVariants(text, [first, ...others].join(joiner)) !== 0
}
