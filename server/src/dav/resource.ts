import { fileName, type MadeFile, type TaggedFile } from '../contacts/store/card-files.ts'
import { pathOf } from './paths.ts'

/** An address book; the first one has no row of its own. */
export type Book = {
  id: string
  slug: string
  /** The change of the owner by which it came to its address. */
  modseq: number
}

type Collection = { kind: 'root' | 'principals' | 'principal' | 'homes' | 'home'; href: string }
/** A book that is there, of which nothing else is known yet. */
export type BookTarget = { kind: 'book'; href: string; book: Book }
export type BookResource = BookTarget & {
  /** Where a next sync would begin. */
  syncToken: string
  /** Another one after every change, and only then. */
  ctag: string
}
export type CardResource = { kind: 'card'; href: string; file: TaggedFile }

/** A file of a book as a resource. */
export function fileAt<File extends FileName>(userId: string, slug: string, file: File) {
  const name = fileName(file)
  return { kind: 'card', href: pathOf({ kind: 'card', slug, name }, userId), file } as const
}

type FileName = Parameters<typeof fileName>[0]

/** Something that is there. */
export type Resource = Collection | BookResource | CardResource
/** The same before it is known where a book is; a card with its octets. */
export type Target = Collection | BookTarget | (CardResource & { file: MadeFile })
export type Kind = Resource['kind']

/** Under which its dead properties are stored; undefined for what takes none. */
export function propertyKeyOf(resource: Resource | Target): string | undefined {
  if (resource.kind === 'book') return resource.book.id
  if (resource.kind === 'card') return resource.file.id
  return resource.kind === 'principal' || resource.kind === 'home' ? resource.kind : undefined
}

/** A quoted entity tag, as headers and properties have it. */
export function etagOf({ card_etag }: Pick<TaggedFile, 'card_etag'>): string {
  return `"${card_etag}"`
}
