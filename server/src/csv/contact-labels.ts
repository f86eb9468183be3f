import { joinedSeparator, splitJoined } from './joined-values.ts'

// Google puts every contact into this group, so it distinguishes none.
const groupsOfAll = new Set(['mycontacts', 'my contacts'])

/** The labels of a contact. Google's system groups lose their `*`; its group of all is dropped. */
export function readContactLabels(cell: string): string[] {
  return splitJoined(cell)
    .map((label) => label.replace(/^\*\s*/, ''))
    .filter((label) => label !== '' && !groupsOfAll.has(label.toLowerCase()))
}

/** The inverse of {@link readOwnContactLabels}: a backslash escapes what Google reads otherwise. */
export function writeOwnContactLabels(labels: string[]): string {
  return labels
    .map((label) => label.replaceAll(/\\|:::|^\*/g, String.raw`\$&`))
    .join(joinedSeparator)
}

export function readOwnContactLabels(cell: string): string[] {
  if (cell === '') return []
  return cell.split(joinedSeparator).map((label) => label.replaceAll(/\\(\\|:::|\*)/g, '$1'))
}
