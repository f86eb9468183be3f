import { useState } from 'react'
import { Link } from 'wouter'
import { useSync } from '../data/state.ts'
import { useLabels } from '../data/use-labels.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dot } from '../ui/dot.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { EditIcon, LabelIcon, PlusIcon, TrashIcon } from '../ui/icons.ts'
import { PageHeading } from '../ui/page-heading.tsx'
import { Page } from '../ui/page.tsx'
import type { Label } from '../worker/calls.ts'
import { DeleteLabel } from './delete-label.tsx'
import { LabelDialog } from './label-dialog.tsx'
import styles from './labels-screen.module.css'

type Open = { kind: 'new' } | { kind: 'edit' | 'delete'; label: Label } | null

/** All labels: how many contacts have each, and what can be done with it. */
export function Labels() {
  const { labels, counts, starred } = useLabels()
  const isOffline = useSync().kind === 'offline'
  const [open, setOpen] = useState<Open>(null)
  const shown = labels.filter(({ id }) => id !== starred?.id)
  const close = () => setOpen(null)
  const add = (
    <Button
      variant="primary"
      icon={PlusIcon}
      isDisabled={isOffline}
      onPress={() => setOpen({ kind: 'new' })}
    >
      {text('labels.new')}
    </Button>
  )
  return (
    <Page>
      <PageHeading note={text('labels.note')} actions={shown.length > 0 ? add : null}>
        {text('labels.title')}
      </PageHeading>
      <div className={styles.content}>
        {isOffline ? <Banner kind="info" isAlert={false} title={text('labels.offline')} /> : null}
        {shown.length === 0 ? (
          <EmptyState icon={LabelIcon} title={text('labels.empty')} actions={add}>
            {text('labels.emptyNote')}
          </EmptyState>
        ) : (
          <ul aria-label={text('labels.list')} className={styles.list}>
            {shown.map((label) => (
              <li key={label.id} className={styles.row}>
                <Link href={to.label(label.id)} className={styles.link}>
                  <Dot colour={label.colour} />
                  <span className={styles.name}>{label.name}</span>
                  <span className={styles.count}>
                    {text('labels.contacts', { count: counts[label.id] ?? 0 })}
                  </span>
                </Link>
                <IconButton
                  icon={EditIcon}
                  label={text('labels.edit', { name: label.name })}
                  isDisabled={isOffline}
                  onPress={() => setOpen({ kind: 'edit', label })}
                />
                <IconButton
                  icon={TrashIcon}
                  label={text('labels.remove', { name: label.name })}
                  isDisabled={isOffline}
                  onPress={() => setOpen({ kind: 'delete', label })}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      {open?.kind === 'new' ? <LabelDialog label={null} onClose={close} /> : null}
      {open?.kind === 'edit' ? <LabelDialog label={open.label} onClose={close} /> : null}
      {open?.kind === 'delete' ? (
        <DeleteLabel label={open.label} count={counts[open.label.id] ?? 0} onClose={close} />
      ) : null}
    </Page>
  )
}
