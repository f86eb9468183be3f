/** The figures of README.md that later ones are compared with, by name. */
export const kept: Record<string, number> = {
  'first sync: usable': 1_850,
  'first sync: complete': 8_750,
  'warm start: first rows, CPU ×1': 446,
  'warm start: first rows, CPU ×4': 1_225,
  'calls of an opening': 3,
  'key to result, p95, CPU ×1': 55,
  'a key, time of the page’s thread': 34,
  'key to result, p95, CPU ×4': 144,
  'frame while scrolling, p95, CPU ×1': 17,
  'frame while scrolling, p95, CPU ×4': 50,
  'calls of searching and scrolling': 0,
  'heap of the page': 15,
}
