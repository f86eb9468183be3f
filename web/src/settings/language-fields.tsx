import { setPreferences } from '../data/change.ts'
import { usePreferences } from '../data/state.ts'
import { rememberLanguage, rememberRegion } from '../device.ts'
import { languages } from '../strings/catalogues.ts'
import { currentLocale, text } from '../strings/text.ts'
import { Card } from '../ui/card.tsx'
import { Select } from '../ui/select.tsx'
import { regionOptions } from './regions.ts'
import styles from './card-form.module.css'

const names = { en: 'English', de: 'Deutsch', uk: 'Українська' }
/** As the browser has it. */
const unset = 'browser'

/** The language of the app, and the region by which dates and numbers are written. */
export function LanguageFields() {
  const preferences = usePreferences()
  const language = languages.find((one) => one === preferences?.language?.split('-')[0])

  async function chooseLanguage(value: string) {
    const chosen = value === unset ? null : value
    rememberLanguage(chosen)
    await setPreferences({ language: chosen })
    location.reload()
  }

  async function chooseRegion(value: string) {
    const chosen = value === unset ? null : value
    rememberRegion(chosen)
    await setPreferences({ region: chosen })
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
        <Select
          label={text('settings.region')}
          options={[
            { value: unset, label: text('settings.asBrowser') },
            ...regionOptions(currentLocale()),
          ]}
          value={preferences?.region ?? unset}
          onChange={(value) => void chooseRegion(value)}
        />
      </div>
    </Card>
  )
}
