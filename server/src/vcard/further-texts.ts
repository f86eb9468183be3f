import { beyondFields } from './beyond-fields.ts'
import { collect } from './fields/collect.ts'
import { isText, linesOf, nameLines, partsOf, text } from './fields/person.ts'
import { parseCard } from './lines/card.ts'

/** What a card says that its contact has no field for, where each field holds one text. */
export type FurtherTexts = { names: string[]; companies: string[]; titles: string[] }

/**
 * The full names that somebody chose, those in other languages, and the employers and job titles behind
 * the first ones.
 * @throws {VcardError}
 */
export function furtherTexts(cardText: string): FurtherTexts {
  const card = parseCard(cardText)
  const { singles } = collect(card)
  const { FN, ORG, TITLE } = beyondFields(cardText)
  const fullNames = linesOf(singles, 'FN').flatMap((line) => text(card, line) ?? [])
  const names = nameLines(card, singles).map((line) => {
    const [last, first, middle, prefix, suffix] = partsOf(card, line)
    return [prefix, first, middle, last, suffix].filter(isText).join(' ')
  })
  return {
    names: [FN, ...fullNames.slice(1), ...names.filter(isFilled).slice(1)].filter(isFilled),
    companies: ORG.split('\n').filter(isFilled),
    titles: TITLE.split('\n').filter(isFilled),
  }
}

function isFilled(text: string): boolean {
  return text !== ''
}
