/** Calls back with the next frame; a page out of sight has none. */
export function nextFrame(work: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(work)
  else setTimeout(work)
}

/** Calls back once what is rendered now is on the screen. */
export function afterPaint(work: () => void): void {
  nextFrame(() => void setTimeout(work))
}
