/**
 * How many entries, from the top of the file, a preview lists also where they are simply added: enough to see
 * whether the names are right. A file of 100,000 is not written down to be looked at.
 */
export const previewSize = 1_000
