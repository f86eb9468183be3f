import { currentLocale } from '../strings/text.ts'

/** “8.2 MB”; what is less than a tenth of one is a tenth, and not nothing. */
export function megabytes(bytes: number): string {
  const tenths = Math.ceil(bytes / 100_000)
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  }).format(tenths / 10)
}
