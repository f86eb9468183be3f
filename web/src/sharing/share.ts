import { worker } from '../data/client.ts'
import { downloadFile } from '../data/download.ts'
import { titleOf } from '../data/title.ts'
import { shownLabel } from '../strings/known-label.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Contact, Label } from '../worker/calls.ts'
import { contactText } from './contact-text.ts'
import { vcardOf, type Picture } from './vcard.ts'

/** A contact as a file that other address books read. */
export async function vcardFile(contact: Contact, labels: readonly Label[]): Promise<File> {
  const card = await wholeVcard(contact, labels)
  return new File([card], `${fileName(titleOf(contact))}.vcf`, { type: 'text/vcard' })
}

/** Whether the device has a share sheet that takes this file. */
export function canShare(file: File): boolean {
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] })
}

/** Opens the share sheet of the device. */
export async function shareFile(file: File, title: string): Promise<void> {
  try {
    await navigator.share({ files: [file], title })
  } catch (error) {
    // Somebody closed the sheet.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
  }
}

/** Puts a contact on the clipboard, as lines of text. */
export async function copyText(contact: Contact): Promise<void> {
  await navigator.clipboard.writeText(contactText(contact, shownLabel))
  notify({ title: text('sharing.copied'), kind: 'done' })
}

/** Downloads one contact as a vCard. */
export async function exportContact(contact: Contact, labels: readonly Label[]): Promise<void> {
  const file = await vcardFile(contact, labels)
  downloadFile(file, file.name)
}

/** How many contacts are read from the device at once. */
const batchSize = 500

/** Downloads contacts as one file of vCards, with their photos; works offline. */
export async function exportContacts(
  ids: readonly string[],
  labels: readonly Label[],
): Promise<void> {
  const cards: string[] = []
  for (let start = 0; start < ids.length; start += batchSize) {
    const contacts = await worker.contacts(ids.slice(start, start + batchSize))
    for (const contact of contacts) cards.push(await wholeVcard(contact, labels))
  }
  const [day = ''] = new Date().toISOString().split('T')
  downloadFile(
    new Blob(cards, { type: 'text/vcard' }),
    `kith-${text('sharing.file-name')}-${day}.vcf`,
  )
  notify({ title: text('sharing.exported', { count: cards.length }), kind: 'done' })
}

async function wholeVcard(contact: Contact, labels: readonly Label[]): Promise<string> {
  const names = contact.label_ids.flatMap((id) => labels.find((one) => one.id === id)?.name ?? [])
  return vcardOf(contact, { labels: names, picture: await pictureOf(contact) })
}

async function pictureOf({ photo }: Contact): Promise<Picture | null> {
  if (photo === null) return null
  const blob = await worker.photo(photo, 512)
  return blob && { mediaType: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) }
}

/** Without what systems do not allow in the names of files. */
function fileName(title: string): string {
  return title.replaceAll(/[\\/:*?"<>|]/g, '').trim() || text('sharing.file-name')
}
