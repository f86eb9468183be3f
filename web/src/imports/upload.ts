import type { Import } from '@kith/server/imports/schema'
import { worker } from '../data/client.ts'
import { faultOf, perform } from '../data/perform.ts'
import { cannotUndo, undoable } from '../data/undo-steps.ts'
import { isAt, to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import { importEnded, showImport } from './following.ts'

/** As the server takes it. */
const maxOctets = 50 * 1024 * 1024

export const acceptedTypes = [
  '.vcf',
  '.vcard',
  '.csv',
  '.tsv',
  '.json',
  '.zip',
  'text/vcard',
  'text/csv',
  'application/json',
  'application/zip',
] as const

/** The file of the last preview, which its import is to be of. */
let previewed: { importId: string; file: File } | null = null

export function previewedFile(importId: string): File | null {
  return previewed?.importId === importId ? previewed.file : null
}

export type Uploaded = { kind: 'accepted'; row: Import } | { kind: 'refused'; detail: string }

/** Has a file read without writing anything. */
export async function preview(file: File): Promise<Uploaded> {
  const uploaded = await upload(file, true)
  if (uploaded.kind === 'accepted') previewed = { importId: uploaded.row.id, file }
  return uploaded
}

/** Imports a file. The browser is asked to keep what is stored here. */
export async function importFile(file: File): Promise<Uploaded> {
  void navigator.storage?.persist?.()
  const uploaded = await upload(file, false)
  if (uploaded.kind === 'accepted') void offerUndo(uploaded.row)
  return uploaded
}

/** Takes back what an import did, or stops it. @returns whether the server does */
export async function undoImport(id: string): Promise<boolean> {
  const path = `/api/imports/${id}`
  const answer = await perform({ method: 'DELETE', path }, () => cannotUndo(id))
  if (!answer) return false
  cannotUndo(id)
  showImport(answer.body as Import)
  return true
}

/** An import can be undone like any change, also while it runs; who went elsewhere is told once it is done. */
async function offerUndo({ id, file_name: name }: Import): Promise<void> {
  const undo = undoable(() => undoImport(id), { title: text('imports.of', { name }), ids: [id] })
  const row = await importEnded(id)
  const count = row.created + row.updated
  if (row.state !== 'done' || count === 0) return cannotUndo(id)
  // The page of the import has a button of its own.
  if (isAt(to.importOf(id))) return
  notify({ title: text('imports.done', { count }), kind: 'done', undo })
}

async function upload(file: File, isDryRun: boolean): Promise<Uploaded> {
  if (file.size > maxOctets) return { kind: 'refused', detail: text('imports.too-large') }
  const answer = await worker.call({
    method: 'POST',
    path: `/api/imports?dry_run=${isDryRun}`,
    form: { field: 'file', file, name: file.name },
  })
  if (answer.status !== 202) return { kind: 'refused', detail: faultOf(answer) }
  const row = answer.body as Import
  showImport(row)
  return { kind: 'accepted', row }
}
