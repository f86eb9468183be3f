import { markSvg } from '../design/tokens.ts'
import { html, markupOf } from '../html.ts'

/** The mark beside the name, which says the same. */
export const mark = markupOf(markSvg.replace('<svg ', '<svg class="mark" aria-hidden="true" '))

/** Strokes in a square of 24. */
const strokes = {
  done: html`<path d="m5 12.5 4.5 4.5L19 7.5" />`,
  mail: html`<rect x="3" y="5" width="18" height="14" rx="3" /><path d="m4 7.5 8 6 8-6" />`,
  key: html`<circle cx="8" cy="15" r="4" /><path d="m11 12 8-8m-3.5 3.5 3 3" />`,
  over: html`<circle cx="12" cy="12" r="9" /><path d="M12 7v5.5M12 16.2v.1" />`,
  book: html`<rect x="5" y="3" width="15" height="18" rx="3" />
    <path d="M2.5 8H6M2.5 12H6M2.5 16H6M16 17c0-2-1.5-3-3.5-3S9 15 9 17" />
    <circle cx="12.5" cy="9.5" r="2.2" />`,
  safe: html`<path d="M12 3 5 6v5.5c0 4.3 2.9 7.6 7 9.5 4.1-1.9 7-5.2 7-9.5V6Z" />
    <path d="m9 12 2.2 2.2L15.2 10" />`,
  code: html`<path d="m8 7-5 5 5 5M16 7l5 5-5 5" />`,
  next: html`<path d="M5 12h13m-5-5.5L18.5 12 13 17.5" />`,
  shown: html`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
    <circle cx="12" cy="12" r="3" />`,
} as const

export type IconName = keyof typeof strokes

/** A picture beside words that say the same. */
export function icon(name: IconName) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${strokes[name]}</svg>`
}
