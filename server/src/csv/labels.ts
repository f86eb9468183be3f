const knownValueLabels = new Set([
  'home',
  'work',
  'mobile',
  'main',
  'home fax',
  'work fax',
  'other fax',
  'pager',
  'other',
  'school',
  'home page',
  'anniversary',
  'birthday',
  'spouse',
  'partner',
  'child',
  'mother',
  'father',
  'parent',
  'brother',
  'sister',
  'friend',
  'relative',
  'manager',
  'assistant',
  'referred by',
])

const separator = ' ::: '
// What Google writes on every contact says nothing.
const googleGroupsOfAll = new Set(['mycontacts', 'my contacts'])

/** Reads another program's label. A leading `*` is Google's mark of the preferred value. */
export function readValueLabel(cell: string): { label: string | null; isPreferred: boolean } {
  const isPreferred = cell.startsWith('*')
  const label = (isPreferred ? cell.slice(1) : cell).trim()
  return { label: label === '' ? null : knownOrTyped(label), isPreferred }
}

function knownOrTyped(label: string): string {
  const folded = label.toLowerCase().replace(/^homepage$/, 'home page')
  return knownValueLabels.has(folded) ? folded : label
}

/** Google's spelling of a known label; a backslash keeps others from being read as something else. */
export function writeOwnValueLabel(label: string | null): string {
  if (label === null) return ''
  if (knownValueLabels.has(label))
    return label.replaceAll(/\b\w/g, (letter) => letter.toUpperCase())
  return /^[*\\]/.test(label) || knownOrTyped(label) !== label ? `\\${label}` : label
}

export function readOwnValueLabel(cell: string): string | null {
  if (cell === '') return null
  return cell.startsWith('\\') ? cell.slice(1) : knownOrTyped(cell)
}

/** Google's system groups lose their `*`; its group of all contacts is dropped. */
export function readContactLabels(cell: string): string[] {
  return splitJoined(cell)
    .map((group) => group.replace(/^\*\s*/, ''))
    .filter((group) => group !== '' && !googleGroupsOfAll.has(group.toLowerCase()))
}

export function writeOwnContactLabels(groups: string[]): string {
  return groups.map((group) => group.replaceAll(/\\|:::|^\*/g, String.raw`\$&`)).join(separator)
}

export function readOwnContactLabels(cell: string): string[] {
  if (cell === '') return []
  return cell.split(separator).map((group) => group.replaceAll(/\\(\\|:::|\*)/g, '$1'))
}

/** Google writes several values of one label into one cell. */
export function splitJoined(cell: string): string[] {
  return cell.includes(':::') ? cell.split(':::').map((value) => value.trim()) : [cell]
}

const knownServices = new Set([
  'aim',
  'discord',
  'google talk',
  'icq',
  'irc',
  'jabber',
  'line',
  'matrix',
  'msn',
  'qq',
  'signal',
  'skype',
  'telegram',
  'threema',
  'viber',
  'wechat',
  'whatsapp',
  'xmpp',
  'yahoo',
])

/** A known messenger in lower case, another one as typed. */
export function readService(service: string): string {
  const folded = service.toLowerCase().replace(/^g(?:oogle)?talk$/, 'google talk')
  return knownServices.has(folded) ? folded : service
}
