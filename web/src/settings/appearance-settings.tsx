import { setPreferences } from '../data/change.ts'
import { usePreferences } from '../data/state.ts'
import { setTheme, type Theme } from '../device.ts'
import { text } from '../strings/text.ts'
import { Card } from '../ui/card.tsx'
import { RadioGroup } from '../ui/radio-group.tsx'
import { Switch } from '../ui/switch.tsx'
import { LanguageFields } from './language-fields.tsx'
import styles from './card-form.module.css'

const sorts = ['first_name', 'last_name', '-updated_at'] as const
const nameOrders = ['first_name_first', 'last_name_first'] as const
const themes = ['system', 'light', 'dark'] as const

/** How the app looks and behaves, on every device; also without a network. */
export function AppearanceSettings() {
  const preferences = usePreferences()
  // A control never stands at a value that was not chosen.
  if (!preferences) return null

  function chooseTheme(theme: Theme) {
    setTheme(theme)
    void setPreferences({ theme: theme === 'system' ? null : theme })
  }

  return (
    <>
      <Card>
        <div className={styles.form}>
          <RadioGroup
            label={text('settings.theme')}
            options={themes.map((value) => ({ value, label: text(`settings.theme.${value}`) }))}
            value={preferences.theme ?? 'system'}
            onChange={chooseTheme}
          />
        </div>
      </Card>
      <LanguageFields preferences={preferences} />
      <Card title={text('settings.people')} level={3}>
        <div className={styles.form}>
          <RadioGroup
            label={text('settings.sort')}
            layout="rows"
            options={sorts.map((value) => ({ value, label: text(`settings.sort.${value}`) }))}
            value={sorts.find((sort) => sort === preferences.sort) ?? 'first_name'}
            onChange={(sort) => void setPreferences({ sort })}
          />
          <RadioGroup
            label={text('settings.nameOrder')}
            options={nameOrders.map((value) => ({
              value,
              label: text(`settings.nameOrder.${value}`),
            }))}
            value={preferences.name_order ?? 'first_name_first'}
            onChange={(name_order) => void setPreferences({ name_order })}
          />
        </div>
      </Card>
      <Card title={text('settings.keys')} level={3} note={text('settings.singleKeysNote')}>
        <div className={styles.form}>
          <Switch
            isSelected={preferences.single_keys ?? true}
            onChange={(single_keys) => void setPreferences({ single_keys })}
          >
            {text('settings.singleKeys')}
          </Switch>
        </div>
      </Card>
    </>
  )
}
