import { currentLocale } from '../strings/text.ts'

/** “8.2 MB” */
export function megabytes(bytes: number): string {
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  }).format(bytes / 1_000_000)
}
