import { Link } from 'wouter'
import { useLabels } from '../data/use-labels.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Dot } from '../ui/dot.tsx'
import type { Contact } from '../worker/calls.ts'
import { hasLabel } from './pick-labels.ts'
import styles from './label-chips.module.css'

/** The labels of a contact; each leads to everybody who has it. The star stands elsewhere. */
export function LabelChips({ contact }: { contact: Pick<Contact, 'label_ids'> }) {
  const { labels, starred } = useLabels()
  const shown = labels.filter((label) => label !== starred && hasLabel(contact, label))
  if (shown.length === 0) return null
  return (
    <ul aria-label={text('labels.list')} className={styles.chips}>
      {shown.map((label) => (
        <li key={label.id}>
          <Link href={to.label(label.id)} className={styles.chip}>
            <Dot colour={label.colour} />
            {label.name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
