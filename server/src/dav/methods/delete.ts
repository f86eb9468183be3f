import { retryOnConflict } from '../../contacts/change.ts'
import { inBook } from '../../contacts/store/locked-book.ts'
import { trashContact } from '../../contacts/store/write-one.ts'
import { deleteGroupFile, findGroupFile, hasGroupFile } from '../../labels/group-files.ts'
import { finishLabel, removeLabelIn } from '../../labels/labels.ts'
import { removeBook } from '../books.ts'
import { authorOf, type Call, type Handler } from '../call.ts'
import { stateOfGroup } from '../cards/put-group.ts'
import { conditionsFor } from '../conditions-for.ts'
import { DavError, nothingHere } from '../dav-error.ts'
import { firstBook, requireBook, requireContact } from '../find-resource.ts'
import { requireWhole } from '../read-request.ts'
import type { Book } from '../resource.ts'

/** DELETE of a card, which goes to the trash, or of a book with its cards. */
export const remove: Handler = async (call) => {
  const { services, reply, account, place } = call
  const { database } = services
  if (place.kind === 'nowhere') throw nothingHere()
  if (place.kind === 'card') {
    const book = await requireBook(database.read, account.userId, place.slug)
    const group = await findGroupFile(database.read, account.userId, book.id, place.name)
    await (group ? removeGroup(call, book, place.name) : removeContact(call, place))
    return reply.status(204).send()
  }
  if (place.kind !== 'book') throw new DavError(403, 'This is there as long as the account is.')
  requireWhole(call)
  const book = await requireBook(database.read, account.userId, place.slug)
  if (book.id === firstBook.id) throw new DavError(403, 'The first address book stays.')
  const conditions = await conditionsFor(call)
  conditions.require('collection')
  await removeBook(database, authorOf(call), book)
  return reply.status(204).send()
}

async function removeContact(call: Call, place: { slug: string; name: string }) {
  const { services, account } = call
  const { database } = services
  const conditions = await conditionsFor(call)
  await retryOnConflict(async () => {
    const { file } = await requireContact(database.read, account.userId, place)
    conditions.require(file)
    return (await trashContact(database.write, authorOf({ account }), file)) || undefined
  })
}

/** A group goes with its label; the contacts that had it stay. */
async function removeGroup(call: Call, { id }: Book, name: string) {
  const { services } = call
  const author = authorOf(call)
  const conditions = await conditionsFor(call)
  const goneId = await inBook(services.database, author, async (book) => {
    const { ask, ownerId } = book
    const group = await findGroupFile(ask, ownerId, id, name)
    if (!group) throw nothingHere()
    conditions.require(stateOfGroup(group))
    const { labelId, fingerprint } = group
    if (await hasGroupFile(ask, ownerId, labelId, fingerprint)) {
      await deleteGroupFile(book, fingerprint)
      return null
    }
    await removeLabelIn(services, book, labelId, false)
    return labelId
  })
  if (goneId !== null) await finishLabel(services, author, goneId)
}
