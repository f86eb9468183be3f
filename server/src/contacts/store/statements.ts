import { placesAfter } from '../../db/bind.ts'
import { from, oneRow, rowsOf, sql, step, writeOf, type Step, type Write } from '../../db/steps.ts'
import { contactColumnNames, contactColumns } from './contact-columns.ts'
import { wholeColumns } from './rows.ts'
import {
  cardRemovalStep,
  cardStep,
  countChange,
  countFirstChange,
  restoredCardName,
  mergePartStep,
  owner,
  revisionStep,
  tombstoneRemovalStep,
  tombstoneStep,
  trashing,
  type Place,
} from './write-steps.ts'

// The writes of a contact. Each is made once: the same string again finds its prepared statement at once.

/** By owner, id, columns, and via. */
export const inserting = insertion()

function insertion(): Write {
  const place = placesAfter(2)
  const places = columnPlaces(place)
  const via = place()
  const contact = step(
    'contact',
    sql`insert into contacts (owner_id, id, ${contactColumnNames},
      created_via, created_modseq, modseq)
    ${rowsOf({
      values: `$1::uuid, $2::uuid, ${places.join(', ')}, ${via}, owner.modseq, owner.modseq`,
      from: [owner],
    })}
    returning ${wholeColumns}`,
  )
  return writeOf({ steps: [countFirstChange, contact] })
}

export type CardChange = 'keep' | 'write' | 'remove'

/** The parts in which the texts of changes differ. */
type Form = { isRestored: boolean; hadCard: boolean; card: CardChange }

const changes = new Map<string, Write>()

/** By owner, id, revision, columns, the revision's values, and the version and text of a new card. */
export function changing(form: Form): Write {
  const key = `${form.isRestored} ${form.hadCard} ${form.card}`
  return changes.getOrInsertComputed(key, () => changeOf(form))
}

const changed = oneRow('changed', 'id uuid, modseq bigint, book_id uuid, card_name text')

function changeOf({ isRestored, hadCard, card }: Form): Write {
  const place = placesAfter(3)
  const places = columnPlaces(place)
  const sets = contactColumns.map(({ name }, at) => `${name} = ${places[at]}`)
  if (isRestored) sets.push('deleted_at = null', 'merged_into = null', restoredCardName)
  sets.push('updated_at = statement_timestamp()')
  const steps = [revisionOfOne(place, hadCard)]
  if (card === 'write') steps.push(cardStep([changed], { version: place(), text: place() }))
  if (card === 'remove') steps.push(cardRemovalStep(changed))
  if (isRestored) steps.push(tombstoneRemovalStep(changed), mergePartStep(changed))
  // A card that was made meanwhile says what the contact was.
  return ifUnchangedSince(sets, steps, hadCard ? 'true' : 'contacts.card_etag is null')
}

/** By owner, id, revision, and the revision's values. */
export const trashingOne = ifUnchangedSince(
  [trashing],
  [revisionOfOne(placesAfter(3), true), tombstoneStep(changed)],
)

/** By owner, id, revision, the revision's values, and the contact that it is merged into. */
export const mergingOne = ifUnchangedSince(
  [trashing, 'merged_into = $8'],
  [revisionOfOne(placesAfter(3), true), tombstoneStep(changed)],
)

/**
 * Counts the change and makes it, unless the contact has another revision than `$3`. The owner's row
 * is locked until the commit, which makes the order of revisions the order of commits. A write that
 * finds its contact changed wastes a number, which nobody misses.
 */
function ifUnchangedSince(sets: string[], steps: Step[], condition = 'true'): Write {
  const change = step(
    changed,
    sql`update contacts set ${sets.join(', ')}, modseq = owner.modseq${from(owner)}
      where contacts.owner_id = $1 and contacts.id = $2 and contacts.modseq = $3 and ${condition}
      returning ${wholeColumns}, contacts.book_id, contacts.card_name`,
  )
  return writeOf({ steps: [countChange, change, ...steps], answer: { of: changed } })
}

/** The old card is read where it stands: at the revision that was read, which the change asks for. */
function revisionOfOne(place: Place, hadCard: boolean): Step {
  return revisionStep([changed], {
    actorId: place(),
    via: place(),
    operation: place(),
    snapshot: place(),
    card: hadCard
      ? '(select card from contact_cards where owner_id = $1 and contact_id = $2)'
      : 'null',
  })
}

/** A placeholder for each column, with its type where PostgreSQL could not tell. */
function columnPlaces(place: Place): string[] {
  return contactColumns.map(({ type }) => (type ? `${place()}::${type}` : place()))
}
