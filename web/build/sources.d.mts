export const fingerprintFile: string
export function fingerprintOfSources(): string
export function isUpToDate(): boolean
