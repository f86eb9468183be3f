import type { DuplicateGroup, Duplicates } from '@kith/server/duplicates/schema'
import type { Merge } from '@kith/server/merges/schema'
import { useState } from 'react'
import { usePages, type Part } from '../data/use-pages.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { CircleCheckIcon } from '../ui/icons.ts'
import { PageHeading } from '../ui/page-heading.tsx'
import { Page } from '../ui/page.tsx'
import { ServerPane } from '../ui/server-pane.tsx'
import type { ApiAnswer } from '../worker/calls.ts'
import { isCertain } from './certain.ts'
import { dismiss } from './dismiss.ts'
import { Dismissed } from './dismissed.tsx'
import { GroupCard } from './group-card.tsx'
import { MergeCertain } from './merge-certain.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { MergedLately } from './merged-lately.tsx'
import styles from './duplicates.module.css'

const path = '/api/duplicates?limit=100'

/** Contacts that may be of one person, the most probable first. */
export function DuplicatesPage() {
  const pages = usePages(path, partOfGroups)
  const dismissed = usePages(`${path}&dismissed=true`, partOfGroups)
  const merges = usePages<Merge>('/api/merges?limit=20')
  const [merging, setMerging] = useState<DuplicateGroup | null>(null)
  const groups = pages.kind === 'here' ? pages.items : []

  async function reload() {
    await Promise.all([pages.reload(), dismissed.reload(), merges.reload()])
  }

  async function notTheSame(group: DuplicateGroup) {
    const isDone = await dismiss(group, reload)
    if (!isDone) return
    pages.replace((groups) => groups.filter(({ id }) => id !== group.id))
    await dismissed.reload()
  }

  return (
    <Page>
      <PageHeading
        note={groups.length > 0 ? text('duplicates.groups', { count: totalOf(pages) }) : undefined}
        actions={<MergeCertain groups={groups.filter(isCertain)} onMerged={reload} />}
      >
        {text('duplicates.title')}
      </PageHeading>
      <ServerPane
        state={pages}
        label={text('duplicates.title')}
        offline={text('duplicates.offline')}
      >
        {groups.length === 0 ? (
          <Nothing />
        ) : (
          <ul aria-label={text('duplicates.title')} className={styles.groups}>
            {groups.map((group) => (
              <GroupCard
                key={group.id}
                group={group}
                onMerge={() => setMerging(group)}
                onDismiss={() => notTheSame(group)}
              />
            ))}
          </ul>
        )}
        {pages.kind === 'here' && pages.next ? (
          <Button onPress={pages.showMore}>{text('duplicates.more')}</Button>
        ) : null}
        <MergedLately pages={merges} onUndone={reload} />
        <Dismissed pages={dismissed} onTakenBack={reload} />
      </ServerPane>
      {merging ? (
        <MergeDialog
          contacts={merging.contacts}
          suggested={merging.suggested}
          onClose={() => setMerging(null)}
          onMerged={reload}
        />
      ) : null}
    </Page>
  )
}

function Nothing() {
  return (
    <EmptyState icon={CircleCheckIcon} title={text('duplicates.nothing')}>
      {text('duplicates.nothing-about')}
    </EmptyState>
  )
}

function totalOf(pages: { kind: string; total?: number | null; items?: unknown[] }): number {
  return pages.total ?? pages.items?.length ?? 0
}

/** Groups come in an object, with the position behind them. */
function partOfGroups({ body }: ApiAnswer): Part<DuplicateGroup> {
  const { groups, total, after } = body as Duplicates
  const next = after === null ? null : `${path}&after=${encodeURIComponent(after)}`
  return { items: groups, total, next }
}
