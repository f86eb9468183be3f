import type { Revision } from '@kith/server/history/schema'
import { useId } from 'react'
import { useSession } from '../data/state.ts'
import { useLabels } from '../data/use-labels.ts'
import { dateAndTime, timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { differences, filledFields } from './differences.ts'
import { entryPointName, fieldNames, operationName, wordsOf } from './words.ts'
import styles from './history.module.css'

type Props = {
  revision: Revision
  /** The one before it, if it is here. */
  before: Revision | undefined
  /** Whether the contact began with it. */
  isFirst: boolean
  isPending: boolean
  /** Absent of what the contact is now. */
  onRestore: (() => void) | undefined
}

export function RevisionRow({ revision, before, isFirst, isPending, onRestore }: Props) {
  const titleId = useId()
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <p id={titleId} className={styles.what}>
          {operationName(revision.operation)}
        </p>
        <p className={styles.note}>
          <time dateTime={revision.at} title={dateAndTime(revision.at)}>
            {timeAgo(revision.at)}
          </time>
          {' · '}
          <Origin revision={revision} />
        </p>
      </div>
      <div className={styles.end}>
        {onRestore ? (
          <Button aria-describedby={titleId} isPending={isPending} onPress={onRestore}>
            {text('history.restore')}
          </Button>
        ) : (
          <span className={styles.now}>{text('history.now')}</span>
        )}
      </div>
      <Changes revision={revision} before={before} isFirst={isFirst} />
    </li>
  )
}

/** Who made it, and by what. */
function Origin({ revision }: { revision: Revision }) {
  const session = useSession()
  const own = 'user' in session ? session.user.id : null
  const who = revision.by === own ? text('history.you') : text('history.somebody')
  return `${who} · ${entryPointName(revision.via)}`
}

function Changes({ revision, before, isFirst }: Pick<Props, 'revision' | 'before' | 'isFirst'>) {
  const { labels, starred } = useLabels()
  const labelName = (id: string) =>
    id === starred?.id ? text('frame.favourites') : labels.find((label) => label.id === id)?.name
  if (isFirst) {
    const fields = filledFields(revision.contact)
    if (fields.length === 0) return null
    return (
      <p className={styles.changes}>{text('history.began-with', { fields: fieldNames(fields) })}</p>
    )
  }
  if (!before) return null
  const found = differences(before.contact, revision.contact)
  if (found.length === 0) return null
  return (
    <ul className={styles.changes}>
      {found.map((difference) => {
        const words = wordsOf(difference, labelName)
        return <li key={words}>{words}</li>
      })}
    </ul>
  )
}
