/** The figures of README.md that later ones are compared with, by name. */
export const kept: Record<string, number> = {}
