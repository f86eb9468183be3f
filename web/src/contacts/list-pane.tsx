import { lazy, Suspense, useCallback, useEffect, useMemo } from 'react'
import { useLocation } from 'wouter'
import { useCommand } from '../commands/handlers.ts'
import { idOf } from '../data/book.ts'
import { useList } from '../data/use-list.ts'
import { usePhone } from '../frame/media.ts'
import { SyncButton } from '../frame/sync-button.tsx'
import { to } from '../routes.ts'
import { printContacts } from '../sharing/printing.ts'
import { text, withMessages } from '../strings/text.ts'
import { afterPaint } from '../ui/after-paint.ts'
import { classes } from '../ui/classes.ts'
import { ErrorPane } from '../ui/error-pane.tsx'
import { GreyRows } from '../ui/grey-rows.tsx'
import type { List } from '../worker/calls.ts'
import { ContactList } from './contact-list.tsx'
import { focusList } from './focus-list.ts'
import { addressOfList, besideList, useListAddress } from './list-address.ts'
import { ListCount } from './list-count.tsx'
import { useListQuery } from './list-query.ts'
import { SearchBox } from './search-box.tsx'
import { useSearchAddress, useSearchText } from './search-text.ts'
import { SelectionBar } from './selection-bar.tsx'
import { clearSelection, hasSelection } from './selection.ts'
import { SortMenu } from './sort-menu.tsx'
import styles from './list-pane.module.css'

const loadNothingHere = () => withMessages(import('../nothing/nothing-here.tsx'))
const NothingHere = lazy(() =>
  loadNothingHere().then((module) => ({ default: module.NothingHere })),
)

type Props = {
  title: string
  /** On a phone, while a contact stands in its place; it keeps where it is. */
  isCovered: boolean
}

/** The left column: search, order, and the rows. */
export function ListPane({ title, isCovered }: Props) {
  const address = useListAddress()
  const [search, setSearch] = useSearchText()
  const query = useListQuery()
  const answer = useList(query)
  const list = answer?.list ?? null
  const [path, navigate] = useLocation()
  const isPhone = usePhone()
  const [, currentId = null] = /^\/c\/([^/]+)/.exec(path) ?? []
  const hrefOf = useCallback((id: string) => besideList(to.contact(id), address), [address])
  const listKey = useMemo(() => JSON.stringify(answer?.query), [answer?.query])
  useSearchAddress()
  // There may be no network when nothing is found.
  useEffect(() => afterPaint(() => void loadNothingHere().catch(() => {})), [])

  const back = () => {
    const isInList = document.activeElement?.closest('[role=grid]')
    if (hasSelection()) clearSelection()
    else if (currentId === null && search !== '') setSearch('')
    else if (currentId !== null && !isPhone && !isInList) focusList()
    else if (path !== to.contacts) navigate(addressOfList(address))
  }
  useEffect(() => {
    if (isCovered) return () => void focusList()
    return undefined
  }, [isCovered])
  useCommand('back', back)
  const print = () => {
    if (list) void printContacts(idsOf(list))
  }
  useCommand('print', print, list !== null && currentId === null)
  useCommand('new', () => navigate(besideList(to.new, address)), path !== to.new)

  return (
    <>
      {/* The screen keeps its heading while the list cannot be reached. */}
      {isCovered ? <h1 className={styles.unseen}>{title}</h1> : null}
      <div className={classes(styles.pane, isCovered && styles.covered)} inert={isCovered}>
        <h1 className={address.of === 'all' ? styles.unseen : styles.heading}>{title}</h1>
        <SearchBox list={list} hrefOf={hrefOf} />
        <div className={styles.line}>
          <ListCount answer={answer} />
          {isPhone ? <SyncButton isBare /> : null}
          <SortMenu sort={query.sort} />
        </div>
        <ErrorPane resetKey={listKey}>
          {answer === null || list === null ? (
            <Loading />
          ) : list.slots.length === 0 ? (
            <Suspense fallback={<Loading />}>
              <NothingHere answer={answer} />
            </Suspense>
          ) : (
            <ContactList
              title={title}
              list={list}
              listKey={listKey}
              isKept={answer.query.search === ''}
              currentId={currentId}
              hrefOf={hrefOf}
            />
          )}
        </ErrorPane>
        <SelectionBar />
      </div>
    </>
  )
}

const Loading = () => <GreyRows label={text('frame.loading')} rows={12} />

const idsOf = ({ slots }: List) => [...slots].flatMap((slot) => idOf(slot) ?? [])
