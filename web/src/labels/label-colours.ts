/** The colours that labels are offered, each to be told from paper in both themes. */
export const labelColours = [
  { name: 'red', colour: '#d64545' },
  { name: 'orange', colour: '#d2691e' },
  { name: 'amber', colour: '#b7820a' },
  { name: 'olive', colour: '#7d8c1a' },
  { name: 'green', colour: '#3a9257' },
  { name: 'teal', colour: '#1a938a' },
  { name: 'blue', colour: '#2d86c9' },
  { name: 'violet', colour: '#7a6fe0' },
  { name: 'purple', colour: '#a95bcb' },
  { name: 'pink', colour: '#d1528c' },
] as const

export type LabelColour = (typeof labelColours)[number]['name']
