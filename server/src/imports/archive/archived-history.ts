import { contactFormats } from '../../book/formats.ts'
import { categoryKey } from '../../book/label-name.ts'
import type { StoredSnapshot } from '../../contacts/store/snapshot.ts'
import { operations, vias, type Operation, type Via } from '../../contacts/store/stored-contact.ts'
import { readCard } from '../../vcard/read-card.ts'
import { refusalOf } from '../remarks/refused.ts'
import { colourIn, contactIn } from './archived-contact.ts'
import type { ArchivedLabel } from './archived-labels.ts'
import { isObject, membersIn, textIn, textsIn, timeIn } from './json-members.ts'
import { jsonPieces } from './json-pieces.ts'
import { isEntryList } from './read-archive.ts'

/** What a contact of an archive was before a change. */
export type ArchivedRevision = {
  /** The number of the contact's entry. */
  number: number
  /** Its place among the contact's revisions, counted from 1. */
  place: number
  at: string
  via: Via
  operation: Operation
  snapshot: StoredSnapshot
  card: string | null
}

/** The ids of labels by the ids that they had in an archive. */
export type LabelIds = ReadonlyMap<string, string>

/**
 * The history of the contacts of an archive, in its order: that of each contact behind the contact, the
 * oldest revision first. What is not what it must be is passed over.
 */
export async function* readArchivedHistory(
  chunks: AsyncIterable<Uint8Array>,
  labelIds: LabelIds,
): AsyncGenerator<ArchivedRevision> {
  const contacts = new Map<string, { number: number; places: number }>()
  let number = 0
  for await (const piece of jsonPieces(chunks, (list) => list === 'history' || isEntryList(list))) {
    const isEntry = piece.list !== 'history'
    if (isEntry) number++
    if (piece.kind !== 'element') continue
    const members = membersIn(piece.text)
    if (!members) continue
    if (isEntry) {
      const id = textIn(members['id'])
      if (id !== null && !contacts.has(id)) contacts.set(id, { number, places: 0 })
      continue
    }
    const contact = contacts.get(textIn(members['contact_id']) ?? '')
    if (!contact) continue
    const revision = revisionIn(members, labelIds)
    const place = ++contact.places
    if (revision) yield { ...revision, number: contact.number, place }
  }
}

/** The ids that the labels of an archive have here, by the ids that they had there. */
export function labelIdsIn(
  labels: readonly ArchivedLabel[],
  here: readonly { id: string; key: string }[],
): LabelIds {
  const ids = new Map(here.map(({ key, id }) => [key, id]))
  return new Map(
    labels.flatMap(({ id, name }): [string, string][] => {
      const own = ids.get(categoryKey(name))
      return id === null || own === undefined ? [] : [[id, own]]
    }),
  )
}

type Revision = Omit<ArchivedRevision, 'number' | 'place'>

function revisionIn(members: Record<string, unknown>, labelIds: LabelIds): Revision | null {
  const at = timeIn(members['at'])
  const via = vias.find((name) => name === members['via'])
  const operation = operations.find((name) => name === members['operation'])
  const before = members['before']
  if (at === null || !via || !operation || !isObject(before)) return null
  try {
    const card = cardIn(members['card'])
    return { at, via, operation, card, snapshot: snapshotIn(before, labelIds) }
  } catch (error) {
    if (refusalOf(error)) return null
    throw error
  }
}

/** @throws {VcardError} for a text that is no card */
function cardIn(value: unknown): string | null {
  const card = textIn(value)
  if (card !== null) readCard(card)
  return card
}

/** @throws {Refused} */
function snapshotIn(before: Record<string, unknown>, labelIds: LabelIds): StoredSnapshot {
  const ids = textsIn(before['label_ids']).filter(contactFormats.uuid.isValid)
  const contact = Object.entries(contactIn(before)).filter(
    ([, value]) => value !== null && value.length > 0,
  )
  const retired = retiredIn(before['ended_label'])
  return {
    ...Object.fromEntries(contact),
    ...(ids.length > 0 && { label_ids: ids.map((id) => labelIds.get(id) ?? id.toLowerCase()) }),
    ...(retired && { ended_label: retired }),
  }
}

function retiredIn(value: unknown): StoredSnapshot['ended_label'] {
  if (!isObject(value)) return undefined
  const [id, name] = [textIn(value['id']), textIn(value['name'])]
  if (id === null || name === null || !contactFormats.uuid.isValid(id)) return undefined
  return { id, name, colour: colourIn(value['colour']) }
}
