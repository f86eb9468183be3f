import { categoryKey, labelKey } from '../book/label-name.ts'
import { cardOf } from '../contacts/card-of.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import type { Ask } from '../db/ask.ts'
import { createPace } from '../pace.ts'
import { exportCard } from '../vcard/export-card.ts'
import { plainCategories } from '../vcard/plain-card.ts'
import { readCard } from '../vcard/read-card.ts'
import type { CardVersion } from './card-version.ts'
import { exportGroups, type Members } from './groups.ts'
import { labelLookup } from './label-lookup.ts'
import { readContacts, readLabelNames, type ExportRow, type Selection } from './queries.ts'

/**
 * Contacts as vCards. A card that came in goes out as it came, to the octet, where the version is the
 * same and the card valid; contacts without a card are written from their fields. Groups follow behind
 * all contacts.
 */
export async function* exportCards(
  read: Ask,
  ownerId: string,
  selection: Selection,
  version: CardVersion,
): AsyncGenerator<string> {
  const namesFor = labelLookup(() => readLabelNames(read, ownerId))
  const groups: Members = new Map()
  const pace = createPace()
  const join = joiner()
  const wanted = { ...selection, withCards: 'instead of columns' } as const
  for await (const rows of readContacts(read, ownerId, wanted)) {
    const names = await namesFor(rows)
    let texts = ''
    for (const row of rows) {
      const { card, label_ids: labelIds } = row
      if (card !== null && labelIds.length > 0) collectGroups(row, card, names, groups)
      texts += join(card === null ? written(row, names, version) : exportCard(card, version))
      await pace()
    }
    yield texts
  }
  const names = await namesFor()
  for await (const text of exportGroups(read, ownerId, selection, { names, groups, version })) {
    yield join(text)
  }
}

/** Has each card begin on a line of its own: the last one of a file may have come without an end of line. */
function joiner(): (text: string) => string {
  let isEnded = true
  return (text) => {
    const joined = isEnded ? text : `\r\n${text}`
    isEnded = text.endsWith('\n') || text.endsWith('\r')
    return joined
  }
}

function written(row: ExportRow, names: ReadonlyMap<string, string>, version: CardVersion) {
  const categories = row.label_ids.flatMap((id) => names.get(id) ?? [])
  const details = { rev: new Date(row.updated_at), categories }
  const contact = fromColumns(row)
  return cardOf({ ...row, contact }, { ...details, version: version === '4.0' ? '4.0' : '3.0' })
}

function collectGroups(
  row: ExportRow,
  stored: string,
  names: ReadonlyMap<string, string>,
  groups: Members,
) {
  const plain = plainCategories(stored)?.map((category) => categoryKey(category))
  const keys = row.label_ids.map((id) => labelKey(names.get(id) ?? ''))
  if (plain && keys.every((key) => plain.includes(key))) return
  const { categories, uid } = readCard(stored)
  const stated = new Set(categories.map((category) => categoryKey(category)))
  for (const id of row.label_ids) {
    const name = names.get(id)
    if (name === undefined || stated.has(labelKey(name))) continue
    groups.getOrInsertComputed(id, () => []).push(uid ?? row.id)
  }
}
