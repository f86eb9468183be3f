/** In this order. */
export const bulkNames = [
  'import-vcf',
  'import-csv',
  'export-vcf',
  'export-csv',
  'export-json',
  'batch-create',
  'batch-patch',
] as const

export type BulkName = (typeof bulkNames)[number]
