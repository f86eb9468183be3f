import { afterPaint } from '../after-paint.ts'

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), summary, [tabindex]:not([tabindex="-1"])'
const overlay = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'
const currentRow = '[role=grid] [role=row][tabindex="0"]'
const heading = 'h1, h2, h3'

/** What had the focus, and where that was in the page, as far as it is gone. */
type Held = {
  element: HTMLElement
  /** The nearest of what it stood in that is still there. */
  anchor: Node | null
  /** What went from a row of its like, and its neighbours. */
  row: { gone: HTMLElement; neighbours: readonly (Node | null)[] } | null
}

/**
 * Whenever what has the focus goes, and nothing else takes the focus, gives it to what comes nearest: the row that
 * moves up, else the list beside it, or the heading above. A browser would leave it to the page as a whole, where
 * keys begin at the top again and a screen reader says nothing. Of what stood in a dialog, the place is where that
 * was opened. Once in the page.
 */
export function keepFocus(): void {
  let last: Held | null = null
  let outside: Held | null = null
  let isAsked = false

  const hold = (target: EventTarget | null) => {
    if (!(target instanceof HTMLElement) || target === document.body) return
    last = { element: target, anchor: target, row: null }
    if (!target.closest(overlay)) outside = last
  }
  // It may have been given before this was loaded.
  hold(document.activeElement)
  document.addEventListener('focusin', ({ target }) => hold(target))

  new MutationObserver((records) => {
    for (const held of new Set([last, outside])) if (held) follow(held, records)
    if (isAsked || !isLost(last)) return
    isAsked = true
    afterPaint(() => {
      isAsked = false
      // Without a place for it yet, as while a screen is loaded, the next change asks again.
      if (isLost(last) && outside) placeFor(outside)?.focus({ preventScroll: true })
    })
  }).observe(document.body, { childList: true, subtree: true })
}

const isLost = (held: Held | null): boolean =>
  held !== null && !held.element.isConnected && document.activeElement === document.body

/** Follows an element that is taken out of the page to what it was taken from, and so on to what is still there. */
function follow(held: Held, records: readonly MutationRecord[]): void {
  while (held.anchor && !held.anchor.isConnected) {
    const { anchor } = held
    const record = records.findLast(({ removedNodes }) => goneIn(removedNodes, anchor))
    if (!record) return
    const gone = goneIn(record.removedNodes, anchor)
    if (held.row === null && gone instanceof HTMLElement) {
      held.row = { gone, neighbours: [record.nextSibling, record.previousSibling] }
    }
    held.anchor = record.target
  }
}

function goneIn(nodes: NodeList, anchor: Node): Node | undefined {
  return [...nodes].find((node) => node.contains(anchor))
}

function placeFor({ element, anchor, row }: Held): HTMLElement | null {
  const moved = row && inNeighbour(element, row)
  if (moved) return moved
  const from = anchor instanceof Element && anchor.isConnected ? anchor : null
  const beside = row?.neighbours.find((neighbour) => neighbour?.isConnected) ?? null
  for (let around = from; around && around !== document.body; around = around.parentElement) {
    const place = placeIn(around, beside)
    if (place) return place
  }
  const main = document.querySelector('main')
  return main && placeIn(main, null)
}

/** @param beside a heading comes before it, if it is there */
function placeIn(around: Element, beside: Node | null): HTMLElement | null {
  const row = around.querySelector<HTMLElement>(currentRow)
  if (row) return row
  // One that is there for screen readers alone is that of a list whose rows are still to come.
  const titles = [...around.querySelectorAll<HTMLElement>(heading)].filter(
    ({ offsetHeight }) => offsetHeight > 1,
  )
  const title = beside ? titles.findLast((one) => isBefore(one, beside)) : titles[0]
  if (title && !title.hasAttribute('tabindex')) title.tabIndex = -1
  return title ?? null
}

const isBefore = (one: Node, other: Node): boolean =>
  Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)

/** The same control of the row that follows, or came before. */
function inNeighbour(element: HTMLElement, { gone, neighbours }: NonNullable<Held['row']>) {
  const at = [...gone.querySelectorAll(focusable)].indexOf(element)
  for (const neighbour of neighbours) {
    const isAlike = neighbour instanceof HTMLElement && neighbour.className === gone.className
    if (!isAlike || !neighbour.isConnected) continue
    if (element === gone) return neighbour
    const all = [...neighbour.querySelectorAll<HTMLElement>(focusable)]
    const same = all[at] ?? all[0]
    if (same) return same
  }
  return null
}
