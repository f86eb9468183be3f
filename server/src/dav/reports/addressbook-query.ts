import { fileName, findFiles, type TaggedFile } from '../../contacts/store/card-files.ts'
import { findCards, inParts, listFiles } from '../../contacts/store/list-files.ts'
import { createPace } from '../../pace.ts'
import { readAhead } from '../../read-ahead.ts'
import { readManyBy, type Call } from '../call.ts'
import { readAddressData } from '../cards/address-data.ts'
import { DavError } from '../dav-error.ts'
import { passesFilter, type PassesFilter } from '../filter/passes-filter.ts'
import { readFilter } from '../filter/read-filter.ts'
import { withCards, withTags } from '../known-files.ts'
import { statusResponse } from '../multistatus.ts'
import { prepareBook } from '../prepare-book.ts'
import { depthOf } from '../read-request.ts'
import { sendMultistatus } from '../reply.ts'
import { fileAt, type BookTarget, type Target } from '../resource.ts'
import { childNamed, type XmlElement } from '../xml/element.ts'
import { element, joined, type Xml } from '../xml/write-xml.ts'
import { readCardReport, type CardReport } from './card-responses.ts'
import { limitIn } from './limit.ts'

const readAtOnce = 100

type Query = { passes: PassesFilter; limit: number; report: CardReport }

/** The cards that pass a filter, in the order of their names (RFC 6352, 8.6). */
export async function addressbookQuery(call: Call, target: Target, root: XmlElement) {
  const filter = childNamed(root, 'C:filter')
  if (!filter) throw new DavError(400, 'CARDDAV:addressbook-query needs a CARDDAV:filter.')
  // Checked alone: a book has no books in it, and 0 is what clients send that mean its cards.
  depthOf(call.request)
  const version = readAddressData(root)?.version ?? '3.0'
  const query = {
    passes: passesFilter(readFilter(filter), version),
    limit: limitIn('C', root),
    report: await readCardReport(call, root),
  }
  if (target.kind === 'book') await prepareBook(call)
  const answer = target.kind === 'book' ? ofBook(call, target, query) : ofCard(target, query)
  return sendMultistatus(call.reply, answer)
}

async function* ofCard(target: Target, { passes, report }: Query): AsyncGenerator<Xml> {
  if (target.kind !== 'card') return
  const { file } = target
  if (passes(file.card, file)) yield report.describe(target, file)
}

async function* ofBook(
  call: Call,
  target: BookTarget,
  { passes, limit, report }: Query,
): AsyncGenerator<Xml> {
  const { services, account } = call
  const read = readManyBy(services)
  const { id: bookId, slug } = target.book
  const found = await findMatching(call, target, passes)
  const shown = found.slice(0, limit)
  const pace = createPace()
  for (let at = 0; at < shown.length; at += readAtOnce) {
    const some = shown.slice(at, at + readAtOnce)
    const names = some.map(fileName)
    const files = report.needsCards
      ? await withCards(call, await findFiles(read, account.userId, { bookId, names }))
      : undefined
    const byName = new Map(files?.map((file) => [fileName(file), file]))
    const parts = []
    for (const listed of some) {
      const file = byName.get(fileName(listed))
      // Deleted since it was found.
      if (files && !file) continue
      parts.push(report.describe(fileAt(account.userId, slug, file ?? listed), file))
      await pace()
    }
    yield joined(parts)
  }
  if (found.length > shown.length) {
    const condition = element('D:number-of-matches-within-limits')
    yield statusResponse(target.href, 507, condition)
  }
}

/** The files whose cards match, by their names; without the cards, which may be all of a book. */
async function findMatching(
  call: Call,
  { book }: BookTarget,
  passes: PassesFilter,
): Promise<TaggedFile[]> {
  const found: TaggedFile[] = []
  const pace = createPace()
  for await (const files of readAhead(readFiles(call, book.id))) {
    for (const { file, card } of files) {
      if (passes(card, file)) found.push(file)
      await pace()
    }
  }
  return found.sort((a, b) => (fileName(a) < fileName(b) ? -1 : 1))
}

type FileWithCard = { file: TaggedFile; card: string }

/** All files of a book with their cards, some at a time. */
async function* readFiles(call: Call, bookId: string): AsyncGenerator<FileWithCard[]> {
  const read = readManyBy(call.services)
  const { userId } = call.account
  for await (const page of listFiles(read, userId, bookId)) {
    for (const files of inParts(await withTags(call, page))) {
      const ids = files.map(({ id }) => id)
      const cards = await findCards(read, userId, ids)
      yield files.flatMap((file) => {
        const card = cards.get(file.id)
        return card === undefined ? [] : { file, card }
      })
    }
  }
}
