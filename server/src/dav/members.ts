import { headNow } from '../changes/changes.ts'
import { listFiles } from '../contacts/store/list-files.ts'
import { readAhead } from '../read-ahead.ts'
import { findingOf, readManyBy, type Call } from './call.ts'
import { bookResource, firstBook } from './find-resource.ts'
import { withTags } from './known-files.ts'
import { pathOf } from './paths.ts'
import {
  fileAt,
  type BookResource,
  type BookTarget,
  type Resource,
  type Target,
} from './resource.ts'
import { findBooks } from './store.ts'

// Few enough that what is made of them is gone before the next ones are made.
const atOnce = 100

/** What is directly in a collection, some at a time. */
export async function* membersOf(
  call: Pick<Call, 'account' | 'services'>,
  resource: Resource | Target,
): AsyncGenerator<Resource[]> {
  const { account } = call
  const collection = (kind: 'principals' | 'principal' | 'homes' | 'home'): Resource => ({
    kind,
    href: pathOf({ kind }, account.userId),
  })
  if (resource.kind === 'root') yield [collection('principals'), collection('homes')]
  if (resource.kind === 'principals') yield [collection('principal')]
  if (resource.kind === 'homes') yield [collection('home')]
  if (resource.kind === 'home') yield await booksOf(call)
  if (resource.kind === 'book') yield* filesOf(call, resource)
}

/** The same at any depth. */
export async function* descendantsOf(
  call: Pick<Call, 'account' | 'services'>,
  resource: Resource,
): AsyncGenerator<Resource[]> {
  for await (const members of membersOf(call, resource)) {
    yield members
    for (const member of members) {
      if (member.kind !== 'card') yield* descendantsOf(call, member)
    }
  }
}

/** The first one first: programs that sync one book alone take that. */
async function booksOf(call: Pick<Call, 'account' | 'services'>): Promise<BookResource[]> {
  const finding = findingOf(call)
  const { userId } = call.account
  const [books, head] = await Promise.all([
    findBooks(finding.read, userId),
    headNow(finding, userId),
  ])
  return [firstBook, ...books].map((book) => bookResource(finding, userId, book, head))
}

async function* filesOf(
  call: Pick<Call, 'account' | 'services'>,
  { book }: BookTarget,
): AsyncGenerator<Resource[]> {
  const { services, account } = call
  const pages = listFiles(readManyBy(services), account.userId, book.id)
  for await (const page of readAhead(pages)) {
    const files = await withTags(call, page)
    for (let at = 0; at < files.length; at += atOnce) {
      const some = files.slice(at, at + atOnce)
      yield some.map((file) => fileAt(account.userId, book.slug, file))
    }
  }
}
