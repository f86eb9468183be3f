import { lazy, Suspense, useState } from 'react'
import { Toolbar } from 'react-aria-components/Toolbar'
import { shortcutOf } from '../commands/commands.ts'
import { useCommand } from '../commands/handlers.ts'
import { idOf, rowOf } from '../data/book.ts'
import { useLabels } from '../data/use-labels.ts'
import { LabelPicker } from '../labels/label-picker.tsx'
import { useStarMany } from '../labels/star.ts'
import { printContacts } from '../sharing/printing.ts'
import { number } from '../strings/moments.ts'
import { text, withMessages } from '../strings/text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import {
  CloseIcon,
  DuplicatesIcon,
  ExportIcon,
  LabelIcon,
  StarIcon,
  TrashIcon,
} from '../ui/icons.ts'
import { clearSelection, selectedSlots } from './selection.ts'
import { trashContacts } from './trash-contacts.ts'
import styles from './selection-bar.module.css'

const MergeSelection = lazy(() =>
  withMessages(import('../duplicates/merge-selection.tsx')).then((module) => ({
    default: module.MergeSelection,
  })),
)

/** What can be done with the selected contacts. */
export function SelectionTools({ count }: { count: number }) {
  const trash = () => {
    void trashContacts(selectedContacts())
    clearSelection()
  }
  const { labels } = useLabels()
  const [labelled, setLabelled] = useState<readonly string[] | null>(null)
  const [merged, setMerged] = useState<readonly string[] | null>(null)
  const starMany = useStarMany()
  const label = () => setLabelled(selectedIds())
  const star = () => void starMany(selectedIds())
  const merge = () => setMerged(selectedIds())
  const exportAll = async () => {
    const { exportContacts } = await import('../sharing/share.ts')
    await exportContacts(selectedIds(), labels)
  }
  useCommand('trash', trash)
  useCommand('merge', merge, count > 1)
  useCommand('label', label)
  useCommand('star', star)
  useCommand('print', () => void printContacts(selectedIds()))
  return (
    <Toolbar aria-label={text('contacts.selected')} className={styles.bar}>
      <span className={styles.count}>
        <span className={styles.words}>{text('contacts.selectedCount', { count })}</span>
        <span className={styles.number} aria-hidden="true">
          {number(count)}
        </span>
      </span>
      <IconButton
        icon={LabelIcon}
        variant="onInk"
        label={text('contacts.label')}
        shortcut={shortcutOf('label')}
        onPress={label}
      />
      <IconButton
        icon={StarIcon}
        variant="onInk"
        label={text('contacts.star')}
        shortcut={shortcutOf('star')}
        onPress={star}
      />
      <IconButton
        icon={DuplicatesIcon}
        variant="onInk"
        label={text('contacts.merge')}
        shortcut={shortcutOf('merge')}
        isDisabled={count < 2}
        onPress={merge}
      />
      <IconButton
        icon={ExportIcon}
        variant="onInk"
        label={text('contacts.export')}
        onPress={exportAll}
      />
      <IconButton
        icon={TrashIcon}
        variant="onInk"
        label={text('contacts.delete')}
        shortcut={shortcutOf('trash')}
        onPress={trash}
      />
      <IconButton
        icon={CloseIcon}
        variant="onInk"
        label={text('contacts.clearSelection')}
        onPress={clearSelection}
      />
      <LabelPicker
        ids={labelled ?? []}
        isOpen={labelled !== null}
        onClose={() => setLabelled(null)}
      />
      {merged ? (
        <Suspense>
          <MergeSelection
            ids={merged}
            onClose={() => setMerged(null)}
            onMerged={() => {
              setMerged(null)
              clearSelection()
            }}
          />
        </Suspense>
      ) : null}
    </Toolbar>
  )
}

const selectedIds = () => selectedSlots().flatMap((slot) => idOf(slot) ?? [])

function selectedContacts() {
  return selectedSlots().flatMap((slot) => {
    const row = rowOf(slot)
    return row ? [{ id: row.id, name: row.title || text('contacts.noName') }] : []
  })
}
