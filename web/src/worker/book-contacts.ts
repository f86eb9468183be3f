import type { BookState, ContactBlock } from './book-state.ts'
import type { Contact } from './calls.ts'
import { noId, slotsInContactBlock, slotsInIndexBlock, type BookDatabase } from './database.ts'

/** The whole contacts of the copy, which stay on the disk. */
export type BookContacts = {
  contact: (id: string) => Promise<Contact | null>
  contacts: (ids: readonly string[]) => Promise<Contact[]>
  /** All contacts that are there, block by block. */
  everyContact: () => AsyncGenerator<Contact>
}

/** @param whole resolves when the whole index is in memory */
export function readContacts(
  database: BookDatabase,
  state: BookState,
  whole: Promise<void>,
): BookContacts {
  async function slotOf(id: string): Promise<number | null> {
    const known = state.slots.get(id)
    if (known !== undefined || id.length !== noId.length) return known ?? null
    for (const [number, ids] of (await database.getAll('ids')).entries()) {
      const at = ids.indexOf(id)
      if (at >= 0) return number * slotsInIndexBlock + at / noId.length
    }
    return null
  }

  return {
    async contact(id) {
      const slot = await slotOf(id)
      if (slot === null) return null
      const block = await database.get('contacts', Math.floor(slot / slotsInContactBlock))
      return block?.[slot % slotsInContactBlock] ?? null
    },
    async contacts(ids) {
      await whole
      const blocks = new Map<number, Promise<ContactBlock | undefined>>()
      const read = async (id: string) => {
        const slot = state.slots.get(id) ?? -1
        const number = Math.floor(slot / slotsInContactBlock)
        if (!blocks.has(number)) blocks.set(number, database.get('contacts', number))
        return (await blocks.get(number))?.[slot % slotsInContactBlock] ?? []
      }
      return (await Promise.all(ids.map(read))).flat()
    },
    async *everyContact() {
      const blocks = Math.ceil(state.nextSlot / slotsInContactBlock)
      for (let number = 0; number < blocks; number++) {
        const block = await database.get('contacts', number)
        for (const contact of block ?? []) if (contact) yield contact
      }
    },
  }
}
