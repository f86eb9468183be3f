// Excel, LibreOffice, Numbers and Google Sheets run a cell as a formula if it begins with one of
// these characters; the last four are full-width forms.
const protectedFormula = /^'+[=+\-@\t\r＝＋－＠]/

/**
 * Adds an apostrophe to a text that looks protected already, so that {@link unprotect} restores it.
 * `formatRows` protects the formulas themselves (OWASP, CSV Injection).
 */
export function protectApostrophe(text: string): string {
  return protectedFormula.test(text) ? `'${text}` : text
}

/** Removes the apostrophe that keeps a spreadsheet from running a cell as a formula. */
export function unprotect(cell: string): string {
  return cell.startsWith("'") && protectedFormula.test(cell) ? cell.slice(1) : cell
}
