import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { settingsSections, to, type SettingsSection } from '../routes.ts'
import { text } from '../strings/text.ts'
import { classes } from '../ui/classes.ts'
import { ChevronLeftIcon } from '../ui/icons.ts'
import { AccountSettings } from './account-settings.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'
import { CalendarSettings } from './calendar-settings.tsx'
import { DeviceSettings } from './device-settings.tsx'
import { ExportSettings } from './export-settings.tsx'
import { ProfileSettings } from './profile-settings.tsx'
import { SectionLinks } from './section-links.tsx'
import { SecuritySettings } from './security-settings.tsx'
import { StorageSettings } from './storage-settings.tsx'
import styles from './settings-screen.module.css'

const screens: Record<SettingsSection, () => ReactNode> = {
  profile: ProfileSettings,
  appearance: AppearanceSettings,
  devices: DeviceSettings,
  security: SecuritySettings,
  calendar: CalendarSettings,
  export: ExportSettings,
  storage: StorageSettings,
  account: AccountSettings,
}

/** The sections beside the chosen one; on a phone, one after the other. */
export function SettingsScreen({ section }: { section?: string }) {
  const chosen = settingsSections.find((one) => one === section)
  const shown = chosen ?? 'profile'
  const Section = screens[shown]
  return (
    <div className={classes(styles.screen, chosen ? styles.isChosen : styles.isList)}>
      <h1 className={styles.heading}>
        <Link href={to.settings()} className={styles.back}>
          <ChevronLeftIcon aria-hidden="true" />
          {text('settings.title')}
        </Link>
        <span className={styles.title}>{text('settings.title')}</span>
      </h1>
      <SectionLinks shown={shown} isChosen={chosen !== undefined} />
      <section aria-labelledby="settings-section" className={styles.section}>
        <h2 id="settings-section" className={styles.sectionTitle}>
          {text(`settings.section.${shown}`)}
        </h2>
        <Section key={shown} />
      </section>
    </div>
  )
}
