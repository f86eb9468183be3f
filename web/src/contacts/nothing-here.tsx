import { useLocation, useSearchParams } from 'wouter'
import { useSync } from '../data/state.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { GreyRows } from '../ui/grey-rows.tsx'
import { BookUserIcon, LabelIcon, SearchIcon, StarIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import type { ListQuery } from '../worker/calls.ts'

/** What stands where the list has no rows. */
export function NothingHere({ query }: { query: ListQuery }) {
  const sync = useSync()
  const search = query.search.trim()
  if (search) return <NothingFound search={search} hasNotes={query.notes} />
  if (sync.kind === 'reading') return <GreyRows label={text('frame.loading')} rows={12} />
  if (query.of === 'favourites') {
    return (
      <EmptyState icon={StarIcon} title={text('contacts.noFavourites')}>
        {text('contacts.noFavourites.note')}
      </EmptyState>
    )
  }
  if (query.of !== 'all') {
    return (
      <EmptyState icon={LabelIcon} title={text('contacts.noneWithLabel')}>
        {text('contacts.noneWithLabel.note')}
      </EmptyState>
    )
  }
  return <EmptyBook />
}

function EmptyBook() {
  return (
    <EmptyState
      icon={BookUserIcon}
      title={text('contacts.empty')}
      actions={
        <>
          <LinkButton variant="primary" to={to.import}>
            {text('frame.import')}
          </LinkButton>
          <LinkButton to={to.new}>{text('commands.new')}</LinkButton>
          <LinkButton to={to.settings('devices')}>{text('contacts.empty.phone')}</LinkButton>
        </>
      }
    >
      {text('contacts.empty.note')}
    </EmptyState>
  )
}

function NothingFound({ search, hasNotes }: { search: string; hasNotes: boolean }) {
  const [, navigate] = useLocation()
  const [, setParams] = useSearchParams()
  const searchNotes = () =>
    setParams((params) => new URLSearchParams([...params, ['notes', '']]), { replace: true })
  return (
    <EmptyState
      icon={SearchIcon}
      title={text('contacts.nobodyMatches', { search })}
      actions={
        <>
          <Button variant="primary" onPress={() => navigate(newNamed(search))}>
            {text('contacts.create', { search })}
          </Button>
          {hasNotes ? null : <Button onPress={searchNotes}>{text('contacts.searchNotes')}</Button>}
        </>
      }
    >
      {text('contacts.nobodyMatches.note')}
    </EmptyState>
  )
}

/** The form of a new contact reads `name`. */
const newNamed = (name: string) => `${to.new}?${new URLSearchParams({ name })}`
