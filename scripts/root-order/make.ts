// Writes the root order of CLDR, as the `Intl.Collator` of this Node has it, to the file that sort keys are
// made from. To be run by the Node that package.json names: `npx node scripts/root-order/make.ts`.
import { writeFileSync } from 'node:fs'
import { assignedCharacters, isDecomposed } from './characters.ts'
import { byLetters, byVariants } from './collators.ts'
import { contractions } from './contractions.ts'
import { accentsOf, lettersOf } from './letters.ts'
import { sequenceOf } from './sequences.ts'
import { lines, runs, sequenceTokens, signed, signedLetter, weightsIn } from './tokens.ts'

const file = new URL('../../server/src/book/collation/root-order.txt', import.meta.url)

const assigned = assignedCharacters()
const ignored = assigned.filter((one) => byVariants(one, '') === 0)
const weighty = assigned.filter((one) => byVariants(one, '') !== 0)
const texts = [...weighty.filter(isDecomposed), ...contractions(weighty)]
const accents = accentsOf(texts.filter((one) => byLetters(one, '') === 0))
const { letters, composed } = lettersOf(
  texts.filter((one) => byLetters(one, '') !== 0),
  accents,
)
const sequences = composed.map((text) => ({ text, ...sequenceOf(text, letters, accents) }))
const ordered = { accents: signed(accents, '<'), letters: letters.flatMap(signedLetter) }
const weights = weightsIn([...ordered.accents, ...ordered.letters])

const { cldr = '', icu = '', unicode = '' } = process.versions
const sections = {
  ignored: runs(ignored.map((text) => ({ sign: '', text }))),
  accents: runs(ordered.accents),
  letters: runs(ordered.letters),
  sequences: sequenceTokens(sequences, weights),
}
const written = [
  `The root order of CLDR ${cldr}, of ICU ${icu} and Unicode ${unicode}.`,
  'Written by scripts/root-order/make.ts; parse-root-order.ts says what it means.',
  ...Object.entries(sections).flatMap(([name, tokens]) => [`[${name}]`, ...lines(tokens)]),
]
writeFileSync(file, `${written.join('\n')}\n`)

const inexact = sequences.filter(({ isExact }) => !isExact)
console.log(`${letters.length} letters, ${accents.length} accents, ${sequences.length} sequences`)
console.log(`${inexact.length} of them inexact: ${inexact.map(({ text }) => text).join(' ')}`)
