import type { TrashedContact } from '@kith/server/trash/schema'
import { useState } from 'react'
import { titleOf } from '../data/title.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { TrashIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeading } from '../ui/page-heading.tsx'
import { Page } from '../ui/page.tsx'
import { ServerPane } from '../ui/server-pane.tsx'
import { AskForGood, type ForGood } from './ask-for-good.tsx'
import { DeletedHere } from './deleted-here.tsx'
import { TrashRow } from './trash-row.tsx'
import { emptyTrash, purge, restore } from './trash.ts'
import { useTrash } from './use-trash.ts'
import styles from './trash.module.css'

/** What was deleted in the last 30 days. */
export function TrashPage() {
  const pages = useTrash()
  const [asked, setAsked] = useState<ForGood | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const items = pages.kind === 'here' ? pages.items : []
  const total = pages.kind === 'here' ? (pages.total ?? items.length) : 0

  const without = (contact: TrashedContact) =>
    pages.replace((items) => items.filter(({ id }) => id !== contact.id))

  async function bringBack(contact: TrashedContact) {
    if (await restore(contact)) without(contact)
  }

  async function deleteForGood(what: ForGood) {
    setIsBusy(true)
    const isDone = what.kind === 'one' ? await purge(what.contact) : await emptyTrash()
    setIsBusy(false)
    setAsked(null)
    if (isDone) await pages.reload()
  }

  return (
    <Page>
      <PageHeading
        note={items.length > 0 ? text('trash.about') : undefined}
        actions={
          items.length > 0 ? (
            <Button variant="plainDanger" onPress={() => setAsked({ kind: 'all', count: total })}>
              {text('trash.empty')}
            </Button>
          ) : undefined
        }
      >
        {text('trash.title')}
      </PageHeading>
      <ServerPane state={pages} label={text('trash.title')} offline={text('trash.offline')}>
        {items.length === 0 ? (
          <Nothing />
        ) : (
          <>
            <ul aria-label={text('trash.title')} className={styles.list}>
              {items.map((contact) => (
                <TrashRow
                  key={contact.id}
                  contact={contact}
                  onRestore={() => bringBack(contact)}
                  onPurge={() => setAsked({ kind: 'one', contact, name: titleOf(contact) })}
                />
              ))}
            </ul>
            {pages.kind === 'here' && pages.next ? (
              <Button onPress={pages.showMore}>{text('trash.more')}</Button>
            ) : null}
          </>
        )}
      </ServerPane>
      {pages.kind === 'offline' ? <DeletedHere /> : null}
      <AskForGood
        asked={asked}
        isPending={isBusy}
        onAction={deleteForGood}
        onCancel={() => setAsked(null)}
      />
    </Page>
  )
}

function Nothing() {
  return (
    <EmptyState
      icon={TrashIcon}
      title={text('trash.nothing')}
      actions={
        <LinkButton to={to.contacts} variant="primary">
          {text('trash.to-contacts')}
        </LinkButton>
      }
    >
      {text('trash.nothing-about')}
    </EmptyState>
  )
}
