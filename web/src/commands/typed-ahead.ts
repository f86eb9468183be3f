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
  if (key === 'Tab') typed = event.shiftKey ? typed.replace(/\t[^\t]*$/, '') : `${typed}\t`
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
    typeInto(target, text)
  } else if (target.closest('[role=dialog]')) stopTypingAhead()
}

/** Types into a field and those that Tab leads to, up to the first Enter and with it. */
function typeInto(field: Element, text: string) {
  const [, line = '', key, rest = ''] = /^([^\t\n]*)(.?)(.*)$/s.exec(text) ?? []
  if (line && field instanceof HTMLInputElement) insert(field, line)
  // Once what was typed is rendered, and before the next key.
  if (key === '\t') queueMicrotask(() => typeInto(focusNext(field), rest))
  if (key !== '\n') return
  setTimeout(() => {
    field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 'Enter' }))
  })
}

/** What has the focus once it went to the next tab stop of a form, which no page can have the browser do. */
function focusNext(from: Element): Element {
  const all =
    from.closest('form')?.querySelectorAll<HTMLElement>('input, textarea, button, [tabindex]') ?? []
  const stops = [...all].filter((one) => one.tabIndex >= 0 && one.checkVisibility())
  const next = stops[stops.findIndex((one) => one === from) + 1]
  next?.focus()
  return next ?? from
}

function insert(field: HTMLInputElement, text: string) {
  const { selectionStart, selectionEnd } = field
  if (selectionStart === null || selectionEnd === null) return
  field.setRangeText(text, selectionStart, selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
}
