import type { Label } from './calls.ts'

/** Whether an id is that of the label, also the one that it had here before the server made it. */
export function isIdOf(label: Label, id: string): boolean {
  return label.id === id || label.localId === id
}
