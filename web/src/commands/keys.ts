import { createKeybindingsHandler, matchKeybindingPress, parseKeybinding } from 'tinykeys'
import { commandIds, commandOf, isSingleKey, type CommandId } from './commands.ts'
import { runCommand } from './handlers.ts'
import { followTypingAhead } from './typed-ahead.ts'
import { followTyping, isTyped, leaveField } from './typed-field.ts'

/**
 * Listens to the keys of all commands but those of the list, until the returned function is called.
 * @param areSingleKeysOn whether keys that write a character count
 */
export function listenToKeys(areSingleKeysOn: () => boolean): () => void {
  const inFields = handlerOf(commandIds.filter((id) => commandOf(id).inFields))
  const elsewhere = handlerOf(commandIds)
  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isInOverlay(event.target)) return
    if (isTyped(event)) inFields.withoutSingleKeys(latin(event))
    else if (areSingleKeysOn()) elsewhere.withSingleKeys(latin(event))
    else elsewhere.withoutSingleKeys(latin(event))
  }
  const following = [followTypingAhead(), followTyping()]
  window.addEventListener('keydown', listener)
  return () => {
    for (const stop of following) stop()
    window.removeEventListener('keydown', listener)
  }
}

/** The command of the list that a key pressed there means. */
export function listCommandOf(event: KeyboardEvent, areSingleKeysOn: boolean): CommandId | null {
  const pressed = latin(event)
  const found = listKeys.find(
    ({ isSingle, press }) => (areSingleKeysOn || !isSingle) && matchKeybindingPress(pressed, press),
  )
  return found?.id ?? null
}

const listKeys = commandIds
  .filter((id) => commandOf(id).inList)
  .flatMap((id) =>
    commandOf(id).keys.flatMap((key) =>
      parseKeybinding(key).map((press) => ({ id, press, isSingle: isSingleKey(key) })),
    ),
  )

function handlerOf(ids: readonly CommandId[]) {
  const bindings = ids
    .filter((id) => !commandOf(id).inList)
    .flatMap((id) => commandOf(id).keys.map((key) => [key, id] as const))
    // Of `g s` and `s` the first one that matches is run: sequences stand before their last keys.
    .toSorted(([one], [other]) => other.split(' ').length - one.split(' ').length)
  return {
    withSingleKeys: runs(bindings),
    withoutSingleKeys: runs(bindings.filter(([key]) => !isSingleKey(key))),
  }
}

/** Begins anew after each command: else the other sequences would go on from the first key of that one. */
function runs(bindings: readonly (readonly [string, CommandId])[]): (event: KeyboardEvent) => void {
  const begin = () =>
    createKeybindingsHandler(
      Object.fromEntries(
        bindings.map(([key, id]) => [
          withShift(key),
          (event) => {
            handle = begin()
            run(event, id)
          },
        ]),
      ),
      { ignore: () => false },
    )
  let handle = begin()
  return (event) => handle(event)
}

/** Signs may need Shift or not, by the layout of the keyboard. */
const withShift = (key: string) => (/^[^\p{L} ]$/u.test(key) ? `[Shift]+${key}` : key)

function run(event: KeyboardEvent, id: CommandId) {
  if (event.repeat && !mayRepeat.has(id)) return
  // The second Ctrl+F in our own field is the browser's.
  if (id === 'search' && isSearchField(event.target)) return
  if (!runCommand(id)) return
  leaveField()
  event.preventDefault()
}

const mayRepeat: ReadonlySet<CommandId> = new Set(['next', 'previous', 'undo'])

const isSearchField = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && target.type === 'search'

/** Menus, lists and dialogs have keys of their own. */
const isInOverlay = (target: EventTarget | null) =>
  target instanceof Element && target.closest(overlays) !== null
const overlays =
  '[role=menu], [role=listbox], [role=dialog], [role=alertdialog]:not([aria-modal=false])'

/** Letters of other scripts count as what stands on the same key of a Latin keyboard. */
function latin(event: KeyboardEvent): KeyboardEvent {
  const [, letter] = /^Key([A-Z])$/.exec(event.code) ?? []
  if (!letter || !/^\p{L}$/u.test(event.key) || /^\p{Script=Latin}$/u.test(event.key)) return event
  const key = event.shiftKey ? letter : letter.toLowerCase()
  return new Proxy(event, {
    get(target, name) {
      if (name === 'key') return key
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
