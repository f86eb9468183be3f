import { Refused, type Api } from './api.ts'
import type { Contact } from './calls.ts'
import type { LocalBook } from './local-book.ts'
import { receiveContact, receiveRemoval } from './receive.ts'

// More than that are read faster, and with fewer calls, by the feed of everything.
const mostAlone = 100
const atOnce = 5

/**
 * Reads the contacts anew of which a change was refused or discarded. The feed does not tell of them: on the
 * server nothing has changed.
 * @throws Unreachable, Refused; what was not read until then is read the next time
 */
export async function rereadDoubted(api: Api, book: LocalBook): Promise<void> {
  const doubted = book.state.meta.doubted ?? []
  if (doubted.length > mostAlone) {
    return book.write(false, (edit) => edit.setMeta({ token: undefined, doubted: [] }))
  }
  for (let at = 0; at < doubted.length; at += atOnce) {
    const ids = doubted.slice(at, at + atOnce)
    const found = await Promise.all(ids.map((id) => readContact(api, id)))
    await book.write(false, async (edit) => {
      for (const [place, id] of ids.entries()) {
        const contact = found[place]
        await (contact ? receiveContact(edit, contact) : receiveRemoval(edit, id))
      }
      const left = edit.meta().doubted ?? []
      edit.setMeta({ doubted: left.filter((id) => !ids.includes(id)) })
    })
  }
}

async function readContact(api: Api, id: string): Promise<Contact | null> {
  try {
    return (await (await api.request(`/api/contacts/${id}`)).json()) as Contact
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return null
    throw error
  }
}
