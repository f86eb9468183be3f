/** `{ time: 5 }` as a program takes it: `--time 5`. */
export function flags(values: Record<string, string | number>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)])
}
