import type { Message } from '../strings/text.ts'

type Command = {
  text: Message
  /** As tinykeys writes them; the first is the one that is shown. */
  keys: readonly string[]
  group: 'find' | 'move' | 'change' | 'select' | 'go' | 'help'
  /** In the list alone, where it moves or selects rows. */
  inList?: true
  /** Also while a field has the focus. */
  inFields?: true
  /** Opens a form or a dialog, for which what is typed next is meant. */
  opens?: true
  /** Not offered in the palette: it needs the place where the focus is. */
  isHidden?: true
}

/** Every command that has a name or a key: the one table of keys, palette and sheet. */
export const commandTable = {
  search: { text: 'commands.search', keys: ['/', '$mod+f'], group: 'find', inFields: true },
  palette: {
    text: 'commands.palette',
    keys: ['$mod+k'],
    group: 'find',
    inFields: true,
    opens: true,
    isHidden: true,
  },

  next: { text: 'commands.next', keys: ['j'], group: 'move', isHidden: true },
  previous: { text: 'commands.previous', keys: ['k'], group: 'move', isHidden: true },
  down: { text: 'commands.down', keys: ['ArrowDown'], group: 'move', inList: true, isHidden: true },
  up: { text: 'commands.up', keys: ['ArrowUp'], group: 'move', inList: true, isHidden: true },
  first: { text: 'commands.first', keys: ['Home'], group: 'move', inList: true, isHidden: true },
  last: { text: 'commands.last', keys: ['End'], group: 'move', inList: true, isHidden: true },
  pageDown: {
    text: 'commands.pageDown',
    keys: ['PageDown'],
    group: 'move',
    inList: true,
    isHidden: true,
  },
  pageUp: {
    text: 'commands.pageUp',
    keys: ['PageUp'],
    group: 'move',
    inList: true,
    isHidden: true,
  },
  letter: {
    text: 'commands.letter',
    keys: ['Shift+(\\p{L})'],
    group: 'move',
    inList: true,
    isHidden: true,
  },
  open: {
    text: 'commands.open',
    keys: ['Enter', 'ArrowRight'],
    group: 'move',
    inList: true,
    isHidden: true,
  },
  back: { text: 'commands.back', keys: ['Escape'], group: 'move', isHidden: true },

  new: { text: 'commands.new', keys: ['c'], group: 'change', opens: true },
  edit: { text: 'commands.edit', keys: ['e'], group: 'change', opens: true },
  save: {
    text: 'commands.save',
    keys: ['$mod+Enter', '$mod+s'],
    group: 'change',
    inFields: true,
    isHidden: true,
  },
  star: { text: 'commands.star', keys: ['s'], group: 'change' },
  label: { text: 'commands.label', keys: ['l'], group: 'change', opens: true },
  merge: { text: 'commands.merge', keys: ['m'], group: 'change', opens: true },
  trash: { text: 'commands.trash', keys: ['#', 'Delete'], group: 'change' },
  undo: { text: 'commands.undo', keys: ['$mod+z', 'z'], group: 'change' },
  print: { text: 'commands.print', keys: ['$mod+p'], group: 'change', inFields: true },

  select: {
    text: 'commands.select',
    keys: ['x', 'Space'],
    group: 'select',
    inList: true,
    isHidden: true,
  },
  extendDown: {
    text: 'commands.extendDown',
    keys: ['Shift+ArrowDown'],
    group: 'select',
    inList: true,
    isHidden: true,
  },
  extendUp: {
    text: 'commands.extendUp',
    keys: ['Shift+ArrowUp'],
    group: 'select',
    inList: true,
    isHidden: true,
  },
  selectAll: { text: 'commands.selectAll', keys: ['$mod+a'], group: 'select', inList: true },

  goContacts: { text: 'commands.goContacts', keys: ['g c'], group: 'go' },
  goFavourites: { text: 'commands.goFavourites', keys: ['g f'], group: 'go' },
  goBirthdays: { text: 'commands.goBirthdays', keys: ['g b'], group: 'go' },
  goDuplicates: { text: 'commands.goDuplicates', keys: ['g d'], group: 'go' },
  goTrash: { text: 'commands.goTrash', keys: ['g t'], group: 'go' },
  goSettings: { text: 'commands.goSettings', keys: ['g s'], group: 'go' },
  goImport: { text: 'commands.goImport', keys: [], group: 'go' },
  goLabels: { text: 'commands.goLabels', keys: [], group: 'go' },

  shortcuts: { text: 'commands.shortcuts', keys: ['?'], group: 'help', opens: true },
} as const satisfies Record<string, Command>

export type CommandId = keyof typeof commandTable

export const commandIds = Object.keys(commandTable) as CommandId[]

export const commandOf = (id: CommandId): Command => commandTable[id]

/** The key of a command in the form of `aria-keyshortcuts`; none when it has no key. */
export function shortcutOf(id: CommandId): string | undefined {
  const [key] = commandOf(id).keys
  return key === undefined ? undefined : shownForm(key)
}

export function shownForm(key: string): string {
  return key
    .replace('$mod', 'Control')
    .replace('(\\p{L})', 'A…Z')
    .replace(/\+([a-z])$/, upper)
}
const upper = (match: string) => match.toUpperCase()

/** Whether a key writes a character, so that it can be switched off (WCAG 2.1.4). */
export const isSingleKey = (key: string) => !key.startsWith('$mod') && /^.( .)?$/u.test(key)
