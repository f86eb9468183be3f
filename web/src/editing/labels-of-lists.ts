import type { ListField } from '@kith/server/book/fields'

const family =
  'spouse,partner,child,son,daughter,parent,mother,father,sibling,brother,sister,relative,friend,' +
  'colleague,manager,assistant,neighbor,emergency,referred by'

/** The known labels that a list offers, the most usual first; any other may be typed. */
export const labelsOfLists: Record<ListField, readonly string[]> = {
  phones: [
    'mobile',
    'home',
    'work',
    'work mobile',
    'main',
    'home fax',
    'work fax',
    'pager',
    'school',
    'other',
  ],
  emails: ['home', 'work', 'school', 'other'],
  addresses: ['home', 'work', 'school', 'other'],
  links: ['home page', 'profile', 'blog', 'work', 'other'],
  messengers: ['home', 'work', 'other'],
  dates: ['anniversary', 'other'],
  relations: family.split(','),
  custom_fields: [],
}

/** Lists in which every value is of another kind, so that no label can be guessed. */
const withoutGuess: ReadonlySet<ListField> = new Set(['relations', 'messengers', 'custom_fields'])

/** The label that a new row begins with; empty where none suggests itself. */
export function firstLabelOf(list: ListField, taken: ReadonlySet<string>): string {
  if (withoutGuess.has(list)) return ''
  const usual = labelsOfLists[list].slice(0, 3)
  return usual.find((label) => !taken.has(label)) ?? 'other'
}
