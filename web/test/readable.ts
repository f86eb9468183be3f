import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/**
 * Every text that is shown can be read: none is cut off without an ellipsis, lies beside the window, or
 * over another one.
 */
export async function requireReadable(page: Page): Promise<void> {
  assert.deepEqual(await page.evaluate(unreadableTexts), [])
}

function unreadableTexts(): string[] {
  type Box = { left: number; right: number; top: number; bottom: number }
  type Text = { words: string; element: Element; layer: Element | null; lines: Box[] }

  const styleOf = (element: Element) => getComputedStyle(element)
  const isEmpty = ({ left, right, top, bottom }: Box) => right - left < 1 || bottom - top < 1

  /** What stands over the rest on purpose: a bar that sticks, a letter, a notice. */
  function layerOf(element: Element | null): Element | null {
    if (!element) return null
    return ['static', 'relative'].includes(styleOf(element).position)
      ? layerOf(element.parentElement)
      : element
  }

  /** What is left of a box where the elements around it scroll or clip. */
  function clipped(box: Box, element: Element | null): Box {
    if (!element || element === document.documentElement) return box
    const { overflow, clipPath } = styleOf(element)
    const isClip = overflow !== 'visible' || clipPath !== 'none'
    return clipped(
      isClip ? overlapOf(box, element.getBoundingClientRect()) : box,
      element.parentElement,
    )
  }

  function overlapOf(one: Box, other: Box): Box {
    return {
      left: Math.max(one.left, other.left),
      right: Math.min(one.right, other.right),
      top: Math.max(one.top, other.top),
      bottom: Math.min(one.bottom, other.bottom),
    }
  }

  function isScrolled(element: Element | null): boolean {
    if (!element) return false
    const isScroller = ['auto', 'scroll'].includes(styleOf(element).overflowX)
    return isScroller || isScrolled(element.parentElement)
  }

  function textsIn(root: Element): Text[] {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      const words = walker.currentNode.textContent?.trim() ?? ''
      const isShown = element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      if (!element || !isShown || words === '') continue
      const range = document.createRange()
      range.selectNodeContents(walker.currentNode)
      const lines = [...range.getClientRects()].filter((line) => !isEmpty(clipped(line, element)))
      if (lines.length > 0) texts.push({ words, element, layer: layerOf(element), lines })
    }
    return texts
  }

  const hasEllipsis = ({ element }: Text) => styleOf(element).textOverflow === 'ellipsis'

  function isCut(text: Text): boolean {
    const { overflowX } = styleOf(text.element)
    const { scrollWidth, clientWidth } = text.element
    return (
      ['hidden', 'clip'].includes(overflowX) && !hasEllipsis(text) && scrollWidth > clientWidth + 1
    )
  }

  function isBeside(text: Text): boolean {
    const isOutside = text.lines.some(({ left, right }) => left < -1 || right > innerWidth + 1)
    return isOutside && !hasEllipsis(text) && !isScrolled(text.element)
  }

  function isOver(one: Text, other: Text): boolean {
    if (one.element === other.element || one.layer !== other.layer) return false
    const shown = ({ lines, element }: Text) => lines.map((line) => clipped(line, element))
    return shown(one).some((line) =>
      shown(other).some((another) => {
        const { left, right, top, bottom } = overlapOf(line, another)
        return right - left > 2 && bottom - top > 4
      }),
    )
  }

  const texts = textsIn(document.body)
  return [
    ...texts.filter(isCut).map(({ words }) => `cut off: ${words}`),
    ...texts.filter(isBeside).map(({ words }) => `beside the window: ${words}`),
    ...texts.flatMap((one, at) =>
      texts
        .slice(at + 1)
        .filter((other) => isOver(one, other))
        .map((other) => `over each other: ${one.words} / ${other.words}`),
    ),
  ]
}
