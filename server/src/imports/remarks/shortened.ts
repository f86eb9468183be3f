const maxLength = 60

/** A text of the file, short enough for a sentence. */
export function shortened(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength).toWellFormed()}…`
}
