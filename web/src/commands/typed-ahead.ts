import { isField } from './typed-field.ts'

/** What was typed while something opens that has no focus yet; null while nothing does. */
let typed: string | null = null
let timer: ReturnType<typeof setTimeout> | undefined

// What is not there by then could not be loaded.
const longestMs = 5_000

/** Keeps what is typed from now on for the form or dialog that opens: else it would be commands. */
export function typeAhead(): void {
  typed = ''
  clearTimeout(timer)
  timer = setTimeout(stopTypingAhead, longestMs)
}

/** It is there, or does not come. */
export function stopTypingAhead(): void {
  typed = null
}

/** Follows what is typed ahead, until the returned function is called. */
export function followTypingAhead(): () => void {
  const options = { capture: true }
  window.addEventListener('keydown', keep, options)
  window.addEventListener('pointerdown', stopTypingAhead, options)
  window.addEventListener('focusin', deliver)
  return () => {
    window.removeEventListener('keydown', keep, options)
    window.removeEventListener('pointerdown', stopTypingAhead, options)
    window.removeEventListener('focusin', deliver)
  }
}

function keep(event: KeyboardEvent) {
  if (typed === null || isOfBrowser(event)) return
  const { key } = event
  if (key === 'Escape') return stopTypingAhead()
  if (key.length === 1) typed += key
  if (key === 'Enter') typed += '\n'
  if (key === 'Backspace') typed = typed.slice(0, -1)
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** F5, Alt and an arrow, Control and a letter; AltGr, which some tell as Control and Alt, makes letters. */
function isOfBrowser(event: KeyboardEvent): boolean {
  const { key, altKey, ctrlKey, metaKey } = event
  if (/^F\d/.test(key) || (altKey && key.length > 1)) return true
  return (ctrlKey || metaKey) && !event.getModifierState('AltGraph')
}

function deliver({ target }: FocusEvent) {
  if (typed === null || !(target instanceof Element)) return
  const text = typed
  if (isField(target)) {
    stopTypingAhead()
    if (target instanceof HTMLInputElement && text) insert(target, text)
  } else if (target.closest('[role=dialog]')) stopTypingAhead()
}

/** Types into a field, up to the first Enter and with it. */
function insert(field: HTMLInputElement, text: string) {
  const { selectionStart, selectionEnd } = field
  if (selectionStart === null || selectionEnd === null) return
  const [line = '', ...others] = text.split('\n')
  field.setRangeText(line, selectionStart, selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
  if (others.length === 0) return
  // Once what was typed is rendered.
  setTimeout(() => {
    field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 'Enter' }))
  })
}
