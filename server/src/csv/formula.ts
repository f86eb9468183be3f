// What Excel, LibreOffice, Numbers and Google Sheets take for a formula at the start of a cell; the
// last four are the full-width forms.
const protectedFormula = /^'+[=+\-@\t\r＝＋－＠]/

/**
 * Marks a text that already looks protected once more, so that {@link unprotect} gives it back as it
 * was. The formulas themselves are protected where cells are written (OWASP, CSV Injection).
 */
export function protectApostrophe(text: string): string {
  return protectedFormula.test(text) ? `'${text}` : text
}

/** Takes away the apostrophe that keeps a spreadsheet from running a cell as a formula. */
export function unprotect(cell: string): string {
  return cell.startsWith("'") && protectedFormula.test(cell) ? cell.slice(1) : cell
}
