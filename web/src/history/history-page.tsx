import type { Revision } from '@kith/server/history/schema'
import { useState } from 'react'
import { perform } from '../data/perform.ts'
import { titleOf } from '../data/title.ts'
import { undoable } from '../data/undo-steps.ts'
import { useContact } from '../data/use-contact.ts'
import { usePages } from '../data/use-pages.ts'
import { to } from '../routes.ts'
import { dateAndTime } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ArrowLeftIcon, PersonIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { ServerPane } from '../ui/server-pane.tsx'
import { notify } from '../ui/toast.tsx'
import { RevisionRow } from './revision-row.tsx'
import styles from './history.module.css'

/** Every revision of a contact, newest first, each of which can be brought back. */
export function HistoryPage({ id }: { id: string }) {
  const pages = usePages<Revision>(`/api/contacts/${id}/history?limit=50`)
  const contact = useContact(id)
  const [restoring, setRestoring] = useState<number | null>(null)

  async function restore(revision: Revision, before: Revision) {
    setRestoring(revision.revision)
    const isDone = await revert(id, revision)
    setRestoring(null)
    if (!isDone) return
    await pages.reload()
    const title = text('history.restored', { time: dateAndTime(revision.at) })
    notify({
      title,
      undo: undoable(
        async () => {
          const isUndone = await revert(id, before)
          if (isUndone) await pages.reload()
          return isUndone
        },
        { title, ids: [id] },
      ),
      kind: 'done',
    })
  }

  const revisions = pages.kind === 'here' ? pages.items : []
  const [newest] = revisions
  return (
    <article aria-label={text('history.title')} className={styles.page}>
      <LinkButton to={to.contact(id)} variant="plain" icon={ArrowLeftIcon}>
        {contact.kind === 'here'
          ? text('history.back', { name: titleOf(contact.contact) })
          : text('history.back-unnamed')}
      </LinkButton>
      <h2 className={styles.title}>{text('history.title')}</h2>
      <ServerPane
        state={pages}
        label={text('history.title')}
        offline={text('history.offline')}
        missing={<Missing />}
      >
        <ol aria-label={text('history.list')} className={styles.list}>
          {revisions.map((revision, at) => (
            <RevisionRow
              key={revision.revision}
              revision={revision}
              before={revisions[at + 1]}
              isFirst={at === revisions.length - 1 && pages.kind === 'here' && !pages.next}
              isPending={restoring === revision.revision}
              onRestore={
                newest && revision !== newest ? () => restore(revision, newest) : undefined
              }
            />
          ))}
        </ol>
        {pages.kind === 'here' && pages.next ? (
          <Button onPress={pages.showMore}>{text('history.more')}</Button>
        ) : null}
      </ServerPane>
    </article>
  )
}

async function revert(id: string, { revision }: Revision): Promise<boolean> {
  const path = `/api/contacts/${id}/history/${revision}/restore`
  return (await perform({ method: 'POST', path })) !== null
}

function Missing() {
  return (
    <EmptyState
      icon={PersonIcon}
      title={text('history.missing')}
      actions={
        <LinkButton to={to.trash} variant="primary">
          {text('history.open-trash')}
        </LinkButton>
      }
    >
      {text('history.missing-about')}
    </EmptyState>
  )
}
