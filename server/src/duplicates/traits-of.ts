import { fromColumns } from '../contacts/store/columns.ts'
import type { PersonRow } from '../contacts/store/rows.ts'
import type { Ask } from '../db/ask.ts'
import type { Pace } from '../pace.ts'
import type { Traits, TraitsReader } from './likeness/traits.ts'
import { findPeople } from './store/group-queries.ts'

/** The traits of contacts by their ids; of those that are gone there are none. */
export type KnownTraits = Map<string, Traits>

export type Reading = { ask: Ask; ownerId: string; traitsOf: TraitsReader; pace: Pace }

/** Reads the traits of those that are not known yet. */
export async function learnTraits(
  { ask, ownerId, traitsOf, pace }: Reading,
  known: KnownTraits,
  ids: Iterable<string>,
): Promise<void> {
  const missing = [...ids].filter((id) => !known.has(id))
  if (missing.length === 0) return
  for (const row of await findPeople(ask, ownerId, missing)) {
    known.set(row.id, traitsOfRow(row, traitsOf))
    const turn = pace()
    if (turn) await turn
  }
}

export function traitsOfRow(row: PersonRow, traitsOf: TraitsReader): Traits {
  return traitsOf(fromColumns({ ...row, additional_data: null }))
}
