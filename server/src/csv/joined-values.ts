export const joinedSeparator = ' ::: '

/** Splits a cell into which Google joined several values. */
export function splitJoined(cell: string): string[] {
  return cell.includes(':::') ? cell.split(':::').map((value) => value.trim()) : [cell]
}
