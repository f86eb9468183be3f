import { headRem, heightOfAll, rowRem, topOf, type Section } from './list-layout.ts'
import { hasSelection } from './selection.ts'
import type { Viewport } from './viewport.ts'

/** How much of the list's foot the bar of a selection covers. */
export const barRem = 4.5

/** Brings a row into sight: below the letter that sticks, and above the bar of a selection. */
export function scrollToRow(
  viewport: Viewport,
  sections: readonly Section[],
  at: number,
  where: 'nearest' | 'top' = 'nearest',
) {
  const { rem, top, height } = viewport.now
  const headOfLetter = sections[0]?.letter === null ? 0 : headRem
  const bar = hasSelection() ? barRem : 0
  const start = topOf(sections, at)
  const above = (start - headOfLetter) * rem
  const below = (start + rowRem + bar) * rem - height
  const content = (heightOfAll(sections) + bar) * rem
  if (where === 'top' || top > above) viewport.scrollTo(above, content)
  else if (top < below) viewport.scrollTo(below, content)
}
