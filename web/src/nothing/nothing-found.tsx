import { useLocation, useSearchParams } from 'wouter'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'

type Props = {
  search: string
  hasNotes: boolean
  /** Whether there were some until a moment ago. */
  hadSome: boolean
}

/** What stands where nobody matches a search. */
export function NothingFound({ search, hasNotes, hadSome }: Props) {
  const [, navigate] = useLocation()
  const [, setParams] = useSearchParams()
  const searchNotes = () =>
    setParams((params) => new URLSearchParams([...params, ['notes', '']]), { replace: true })
  return (
    <EmptyState
      icon={SearchIcon}
      title={text(hadSome ? 'nothing.nobodyMatchesNow' : 'nothing.nobodyMatches', { search })}
      actions={
        <>
          {hadSome ? (
            <LinkButton to={to.trash}>{text('contacts.missing.trash')}</LinkButton>
          ) : (
            <Button variant="primary" onPress={() => navigate(newNamed(search))}>
              {text('nothing.create', { search })}
            </Button>
          )}
          {hasNotes ? null : <Button onPress={searchNotes}>{text('nothing.searchNotes')}</Button>}
        </>
      }
    >
      {text(hadSome ? 'nothing.nobodyMatchesNow.note' : 'nothing.nobodyMatches.note')}
    </EmptyState>
  )
}

/** The form of a new contact reads `name`. */
const newNamed = (name: string) => `${to.new}?${new URLSearchParams({ name })}`
