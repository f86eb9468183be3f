import type { Preferences } from '@kith/server/preferences/schema'
import { useMemo, useState } from 'react'
import { setPreferences } from '../data/change.ts'
import { rememberLanguage, rememberRegion } from '../device.ts'
import { languages } from '../strings/catalogues.ts'
import { currentLocale, text } from '../strings/text.ts'
import { Card } from '../ui/card.tsx'
import { Select } from '../ui/select.tsx'
import { optionsOf, regionOptions } from './regions.ts'
import styles from './card-form.module.css'

const names = { en: 'English', de: 'Deutsch', uk: 'Українська' }
/** As the browser has it. */
const unset = 'browser'

/** The language of the app, and the region by which dates and numbers are written. */
export function LanguageFields({ preferences }: { preferences: Preferences }) {
  const language = languages.find((one) => one === preferences.language?.split('-')[0])

  async function chooseLanguage(value: string) {
    const chosen = value === unset ? null : value
    rememberLanguage(chosen)
    await setPreferences({ language: chosen })
    location.reload()
  }

  async function chooseRegion(region: string | null) {
    rememberRegion(region)
    await setPreferences({ region })
    location.reload()
  }

  return (
    <Card title={text('settings.languageAndRegion')} level={3} note={text('settings.regionNote')}>
      <div className={styles.form}>
        <Select
          label={text('settings.language')}
          options={[
            { value: unset, label: text('settings.asBrowser') },
            ...languages.map((value) => ({ value, label: names[value] })),
          ]}
          value={language ?? unset}
          onChange={(value) => void chooseLanguage(value)}
        />
        <RegionSelect value={preferences.region} onChange={(region) => void chooseRegion(region)} />
      </div>
    </Card>
  )
}

type RegionProps = { value: string | null; onChange: (value: string | null) => void }

/** The regions, nearly 250: an option of each would be most of what this screen is made of. */
function RegionSelect({ value, onChange }: RegionProps) {
  const [areAllThere, setAllThere] = useState(false)
  const options = useMemo(() => {
    const locale = currentLocale()
    if (areAllThere) return regionOptions(locale)
    return value === null ? [] : optionsOf([value], locale)
  }, [areAllThere, value])
  return (
    <Select
      label={text('settings.region')}
      options={[{ value: unset, label: text('settings.asBrowser') }, ...options]}
      value={value ?? unset}
      onChange={(chosen) => onChange(chosen === unset ? null : chosen)}
      onNear={() => setAllThere(true)}
    />
  )
}
