import type { RefObject } from 'react'
import { headRem, rowRem, topOf, type Section } from './list-layout.ts'
import { remInPixels } from './visible-rows.ts'

/** Brings a row into sight: below the letter that sticks, and above what floats at the bottom. */
export function scrollToRow(
  scroller: RefObject<HTMLElement | null>,
  sections: readonly Section[],
  at: number,
  where: 'nearest' | 'top' = 'nearest',
) {
  const element = scroller.current
  if (!element) return
  const rem = remInPixels()
  const hasHeads = sections[0]?.letter !== null
  const above = (topOf(sections, at) - (hasHeads ? headRem : 0)) * rem
  const below = (topOf(sections, at) + rowRem) * rem - element.clientHeight + bottomOf(element)
  if (where === 'top' || element.scrollTop > above) element.scrollTop = Math.max(0, above)
  else if (element.scrollTop < below) element.scrollTop = below
}

const bottomOf = (element: HTMLElement) =>
  Number.parseFloat(getComputedStyle(element).scrollPaddingBottom) || 0
