import type { Answer } from '../data/first-list.ts'
import { useSync } from '../data/state.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { GreyRows } from '../ui/grey-rows.tsx'
import { BookUserIcon, LabelIcon, StarIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { NothingFound } from './nothing-found.tsx'

/** What stands where the list has no rows. */
export function NothingHere({ answer: { query, hadSome } }: { answer: Answer }) {
  const sync = useSync()
  const search = query.search.trim()
  if (search) {
    return <NothingFound search={search} hasNotes={query.notes} hadSome={hadSome === true} />
  }
  if (sync.kind === 'reading') return <GreyRows label={text('frame.loading')} rows={12} />
  if (query.of === 'favourites') {
    return (
      <EmptyState icon={StarIcon} title={text('nothing.noFavourites')}>
        {text('nothing.noFavourites.note')}
      </EmptyState>
    )
  }
  if (query.of !== 'all') {
    return (
      <EmptyState icon={LabelIcon} title={text('nothing.noneWithLabel')}>
        {text('nothing.noneWithLabel.note')}
      </EmptyState>
    )
  }
  return <EmptyBook />
}

function EmptyBook() {
  return (
    <EmptyState
      icon={BookUserIcon}
      title={text('nothing.empty')}
      actions={
        <>
          <LinkButton variant="primary" to={to.import}>
            {text('frame.import')}
          </LinkButton>
          <LinkButton to={to.new}>{text('commands.new')}</LinkButton>
          <LinkButton to={to.settings('devices')}>{text('nothing.empty.phone')}</LinkButton>
        </>
      }
    >
      {text('nothing.empty.note')}
    </EmptyState>
  )
}
