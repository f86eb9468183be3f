import { useBirthdayCount } from '../birthdays/use-birthday-count.ts'
import { useLabels } from '../data/use-labels.ts'
import { RunningImport } from '../imports/running-import.tsx'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Dot } from '../ui/dot.tsx'
import {
  CakeIcon,
  ContactsIcon,
  DuplicatesIcon,
  ImportIcon,
  PlusIcon,
  SettingsIcon,
  StarIcon,
  TrashIcon,
} from '../ui/icons.ts'
import { AccountMenu } from './account-menu.tsx'
import { Mark } from './mark.tsx'
import { NavLink } from './nav-link.tsx'
import { SyncButton } from './sync-button.tsx'
import styles from './navigation.module.css'

/** The way to every screen; a rail of icons on tablets, and on phones what the menu holds. */
export function Navigation({ isRail = false }: { isRail?: boolean }) {
  return (
    <div className={isRail ? styles.rail : styles.full}>
      <header className={styles.brand}>
        <Mark />
        <span className={styles.name}>Kith</span>
      </header>
      <nav aria-label={text('frame.navigation')} className={styles.navigation}>
        <Sections isRail={isRail} />
      </nav>
      <div className={styles.foot}>
        <SyncButton isBare={isRail} />
        <AccountMenu />
      </div>
    </div>
  )
}

function Sections({ isRail }: { isRail: boolean }) {
  const { labels, counts, total, starred } = useLabels()
  const birthdays = useBirthdayCount()
  const favourites = starred && counts[starred.id]
  return (
    <>
      <NavLink to={to.contacts} icon={ContactsIcon} count={total} isRail={isRail}>
        {text('frame.contacts')}
      </NavLink>
      <NavLink to={to.favourites} icon={StarIcon} count={favourites} isRail={isRail}>
        {text('frame.favourites')}
      </NavLink>
      <NavLink to={to.birthdays} icon={CakeIcon} count={birthdays} isRail={isRail}>
        {text('frame.birthdays')}
      </NavLink>

      <div className={styles.heading} data-empty={labels.length === 0 || undefined}>
        <p className={styles.title}>{text('frame.labels')}</p>
        <NavLink to={to.labels} icon={PlusIcon} isBare>
          {text('frame.editLabels')}
        </NavLink>
      </div>
      {labels
        .filter((label) => label.id !== starred?.id)
        .map((label) => (
          <NavLink
            key={label.id}
            to={to.label(label.id)}
            icon={<Dot colour={label.colour} />}
            count={counts[label.id]}
            isRail={isRail}
          >
            {label.name}
          </NavLink>
        ))}

      <div className={styles.heading}>
        <p className={styles.title}>{text('frame.tidyUp')}</p>
      </div>
      <NavLink to={to.import} icon={ImportIcon} isRail={isRail}>
        {text('frame.import')}
      </NavLink>
      <RunningImport />
      <NavLink to={to.duplicates} icon={DuplicatesIcon} isRail={isRail}>
        {text('frame.duplicates')}
      </NavLink>
      <NavLink to={to.trash} icon={TrashIcon} isRail={isRail}>
        {text('frame.trash')}
      </NavLink>
      <NavLink to={to.settings()} icon={SettingsIcon} isRail={isRail}>
        {text('frame.settings')}
      </NavLink>
    </>
  )
}
