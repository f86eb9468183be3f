// Excel, LibreOffice, Numbers and Google Sheets run a cell as a formula if it begins with one of
// these characters (OWASP, CSV Injection); the last four are full-width forms.
const formula = /^[=+\-@\t\r＝＋－＠]/
const protectedFormula = /^'+[=+\-@\t\r＝＋－＠]/
// A phone number or a birthday without a year calls nothing; an apostrophe would stay in the number
// in Google, Outlook and on phones.
const harmless = /^(?:\+[\d \u00a0().\-/]+|--\d\d-\d\d)$/

/** Keeps spreadsheets from running a cell as a formula, by an apostrophe. */
export function protect(cell: string): string {
  return formula.test(cell) && !harmless.test(cell) ? `'${cell}` : cell
}

/**
 * Adds an apostrophe to a text that looks protected already, so that {@link unprotect} restores it.
 * `formatRows` protects the formulas themselves.
 */
export function protectApostrophe(text: string): string {
  return protectedFormula.test(text) ? `'${text}` : text
}

/** Removes the apostrophe that keeps a spreadsheet from running a cell as a formula. */
export function unprotect(cell: string): string {
  return cell.startsWith("'") && protectedFormula.test(cell) ? cell.slice(1) : cell
}
