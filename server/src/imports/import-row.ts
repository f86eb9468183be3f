import type { Remark } from './remarks/remark.ts'

export type ImportState =
  | 'uploading'
  | 'waiting'
  | 'running'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone'
/** `json` and `zip` are archives of Kith: contacts, or all of an account. */
export type Format = 'vcf' | 'csv' | 'json' | 'zip'
export type Counts = { created: number; updated: number; same: number; failed: number }

export type ImportRow = Counts & {
  id: string
  state: ImportState
  is_dry_run: boolean
  format: Format
  file_name: string
  octets: number
  /** null until it is guessed, and for UTF-8 and UTF-16. */
  charset: string | null
  is_charset_stated: boolean
  headers: string | null
  /** As JSON. */
  unknown_columns: string | null
  /** What an older version has told, as `reason`; null where there are remarks. */
  warning: string | null
  warning_remarks: Remark[] | null
  entries: number | null
  done: number
  kept: number
  new_label_ids: string[]
  reason: string | null
  reason_remarks: Remark[] | null
  created_at: string
  started_at: string | null
  finished_at: string | null
}

export type ImportKey = { ownerId: string; importId: string }

/** Those of an {@link ImportRow}, for a select. */
export const importColumns = `id, state, is_dry_run, format, file_name, octets, charset, is_charset_stated, headers,
  unknown_columns, warning, warning_remarks, entries, done, created, updated, same, failed, kept, new_label_ids, reason, reason_remarks,
  created_at, started_at, finished_at`
