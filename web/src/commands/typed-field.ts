/** The field that keys go into, also once it has gone from the page: until somebody does something else. */
let typedIn: EventTarget | null = null

/** Follows which field somebody types in, until the returned function is called. */
export function followTyping(): () => void {
  // Also what a component keeps to itself.
  const options = { capture: true }
  window.addEventListener('keydown', follow, options)
  window.addEventListener('pointerdown', leaveField, options)
  return () => {
    window.removeEventListener('keydown', follow, options)
    window.removeEventListener('pointerdown', leaveField, options)
  }
}

/** What comes next is not typed into the field any more. */
export function leaveField(): void {
  typedIn = null
}

/** Whether a key is pressed in a field, or by somebody who types on into one that went away. */
export function isTyped({ target }: KeyboardEvent): boolean {
  return isField(target) || isGone(typedIn)
}

function follow({ key, target }: KeyboardEvent) {
  if (isField(target)) {
    const isLeft = leaving.test(key) || (key === 'Enter' && target instanceof HTMLInputElement)
    typedIn = isLeft ? null : target
  } else if (!isGone(typedIn) || leaving.test(key) || key.startsWith('Arrow')) leaveField()
}

const leaving = /^(?:Tab|Escape)$/

const isGone = (field: EventTarget | null) => field instanceof Element && !field.isConnected

/** Whether keys that are pressed there write something. */
export const isField = (target: EventTarget | null) =>
  target instanceof Element && target.matches(fields) && !target.matches(boxes)
const fields = 'input, textarea, select, [contenteditable]'
const boxes = 'input[type=checkbox], input[type=radio], input[type=range]'
