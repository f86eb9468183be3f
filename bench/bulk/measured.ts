import type { BulkFigures } from './gauge.ts'
import type { BulkName } from './names.ts'

/** The figures of one subject, one for each round. */
export type BulkMeasured = { scenario: BulkName; subject: BulkSubject; rounds: BulkFigures[] }

/** `at rest` is the server while nothing but somebody's reads goes on. */
export type BulkSubject = 'at rest' | 'Kith' | 'embedded' | 'COPY' | 'bare'
