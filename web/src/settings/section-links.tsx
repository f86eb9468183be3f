import { Link } from 'wouter'
import { settingsSections, to, type SettingsSection } from '../routes.ts'
import { text } from '../strings/text.ts'
import {
  CalendarIcon,
  DevicesIcon,
  ExportIcon,
  PersonIcon,
  SecurityIcon,
  StorageIcon,
  ThemeIcon,
  TrashIcon,
  type Icon,
} from '../ui/icons.ts'
import styles from './section-links.module.css'

const icons: Record<SettingsSection, Icon> = {
  profile: PersonIcon,
  appearance: ThemeIcon,
  devices: DevicesIcon,
  security: SecurityIcon,
  calendar: CalendarIcon,
  export: ExportIcon,
  storage: StorageIcon,
  account: TrashIcon,
}

type Props = {
  shown: SettingsSection
  /** False on the list itself, which on wide screens shows its first section. */
  isChosen: boolean
}

export function SectionLinks({ shown, isChosen }: Props) {
  return (
    <nav aria-label={text('settings.title')}>
      <ul className={styles.list}>
        {settingsSections.map((section) => {
          const Icon = icons[section]
          const isCurrent = isChosen && section === shown
          return (
            <li key={section}>
              <Link
                href={to.settings(section)}
                aria-current={isCurrent ? 'page' : undefined}
                data-shown={section === shown || undefined}
                className={styles.link}
              >
                <Icon aria-hidden="true" />
                {text(`settings.section.${section}`)}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
