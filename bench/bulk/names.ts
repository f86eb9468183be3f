/** In this order. */
export const bulkNames = [
  'import-vcf',
  'import-csv',
  'export-vcf',
  'export-csv',
  'export-json',
] as const

export type BulkName = (typeof bulkNames)[number]
