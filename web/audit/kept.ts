/** The figures of README.md that later ones are compared with, by name. */
export const kept: Record<string, number> = {
  'first sync: usable': 1_600,
  'first sync: complete': 10_300,
  'warm start: first rows, CPU ×1': 570,
  'warm start: first rows, CPU ×4': 1_570,
  'calls of an opening': 3,
  'key to result, p95, CPU ×1': 89,
  'a key, time of the page’s thread': 31,
  'key to result, p95, CPU ×4': 235,
  'frame while scrolling, p95, CPU ×1': 17,
  'frame while scrolling, p95, CPU ×4': 67,
  'calls of searching and scrolling': 0,
  'heap of the page': 15,
}
