/** Hears how far long work is: `done` of `total`, where that is known. May be called often. */
export type Report = (step: string, done: number, total?: number) => void
