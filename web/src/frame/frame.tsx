import { Suspense, useEffect } from 'react'
import { useLocation } from 'wouter'
import { CommandCenter } from '../commands/command-center.tsx'
import { ListPane } from '../contacts/list-pane.tsx'
import { useListTitle } from '../contacts/list-title.ts'
import { showsFirstScreen } from '../data/client.ts'
import { useData } from '../data/state.ts'
import { PrintSheet } from '../sharing/print-sheet.tsx'
import { text } from '../strings/text.ts'
import { SyncBanners } from '../sync/sync-banners.tsx'
import { classes } from '../ui/classes.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPane } from '../ui/error-pane.tsx'
import { GreyRows } from '../ui/grey-rows.tsx'
import { ContactsIcon } from '../ui/icons.ts'
import { Page } from '../ui/page.tsx'
import { ListEdge } from './list-edge.tsx'
import { usePhone, useTablet } from './media.ts'
import { Navigation } from './navigation.tsx'
import { PhoneSections } from './phone-sections.tsx'
import { usePlace, type Place, type Screen } from './place.ts'
import { SkipLink } from './skip-link.tsx'
import styles from './frame.module.css'

/** Navigation, list and detail side by side, or one of them at a time, by the room there is. */
export function Frame({ screens }: { screens: readonly Screen[] }) {
  const place = usePlace(screens)
  const isPhone = usePhone()
  const isTablet = useTablet()
  const [path] = useLocation()
  const listTitle = useListTitle()
  const isPage = place?.screen.pane === 'page'
  const title = isPage ? text(place.screen.title) : listTitle
  useDocumentTitle(title)
  useEffect(() => {
    // Elsewhere the list does so once it has rows.
    if (isPage) showsFirstScreen()
  }, [isPage])

  return (
    <div className={styles.frame}>
      <SkipLink />
      <div className={styles.banners}>
        <SyncBanners />
      </div>
      {isPhone ? null : <Navigation isRail={isTablet} />}
      <main
        id="main"
        tabIndex={-1}
        aria-label={title}
        className={classes(styles.main, place && styles[place.screen.pane])}
      >
        {isPage ? (
          <Pane place={place} className={styles.page} />
        ) : (
          <>
            <ListPane title={listTitle} isCovered={isPhone && place !== null} />
            {isPhone ? null : <ListEdge />}
            {place ? (
              <Pane place={place} className={styles.detailPane} />
            ) : isPhone ? null : (
              <NothingChosen />
            )}
          </>
        )}
      </main>
      {isPhone && place?.screen.pane !== 'detail' ? <PhoneSections key={path} /> : null}
      <CommandCenter />
      <PrintSheet />
    </div>
  )
}

type PaneProps = { place: NonNullable<Place>; className: string | undefined }

function Pane({ place: { screen, params }, className }: PaneProps) {
  const [path] = useLocation()
  const Screen = screen.screen
  const rows = <GreyRows label={text('frame.loading')} />
  return (
    <div className={className}>
      <ErrorPane resetKey={path}>
        <Suspense fallback={screen.pane === 'detail' ? rows : <Page>{rows}</Page>}>
          <Screen {...params} />
        </Suspense>
      </ErrorPane>
    </div>
  )
}

/** In an empty book there is nobody to choose, and the list says what to do. */
function NothingChosen() {
  const isEmpty = useData(({ total }) => total === 0)
  return (
    <div className={classes(styles.detailPane, styles.nothing)}>
      {isEmpty ? null : (
        <EmptyState icon={ContactsIcon} title={text('frame.choose')}>
          {text('frame.choose.note')}
        </EmptyState>
      )}
    </div>
  )
}

/** The part of the app, never a name: titles are kept in histories. */
function useDocumentTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Kith`
  }, [title])
}
