import type { Calendar, CalendarPatch } from '@kith/server/calendar/schema'
import type { ReactNode } from 'react'
import { useLabels } from '../data/use-labels.ts'
import { languages } from '../strings/catalogues.ts'
import { text } from '../strings/text.ts'
import { Card } from '../ui/card.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Select } from '../ui/select.tsx'
import styles from './calendar-contents.module.css'

const kinds = ['birthdays', 'anniversaries', 'dates'] as const
/** As ISO 8601 durations before 9:00 of the day. */
const reminders = ['-PT0S', '-P1D', '-P3D', '-P7D'] as const
const names = { en: 'English', de: 'Deutsch', uk: 'Українська' }

type Props = { calendar: Calendar; onChange: (patch: CalendarPatch) => void }

/** What the calendar shows; each change is saved at once. */
export function CalendarContents({ calendar, onChange }: Props) {
  const { labels } = useLabels()
  const { include, labels: chosen, language } = calendar
  return (
    <Card title={text('settings.calendarShows')} level={3}>
      <Choice title={text('settings.calendarDates')}>
        {kinds.map((kind) => (
          <Checkbox
            key={kind}
            isSelected={include.includes(kind)}
            onChange={(isOn) => onChange({ include: toggled(include, kind, isOn) })}
          >
            {text(`settings.calendarKind.${kind}`)}
          </Checkbox>
        ))}
      </Choice>
      <Choice title={text('settings.reminders')}>
        {reminders.map((reminder) => (
          <Checkbox
            key={reminder}
            isSelected={calendar.reminders.includes(reminder)}
            onChange={(isOn) =>
              onChange({ reminders: toggled(calendar.reminders, reminder, isOn) })
            }
          >
            {text(`settings.reminder.${reminder}`)}
          </Checkbox>
        ))}
      </Choice>
      {labels.length > 0 ? (
        <Choice title={text('settings.calendarLabels')}>
          {labels.map(({ id, name }) => (
            <Checkbox
              key={id}
              isSelected={chosen.includes(id)}
              onChange={(isOn) => onChange({ labels: toggled(chosen, id, isOn) })}
            >
              {name}
            </Checkbox>
          ))}
        </Choice>
      ) : null}
      <div className={styles.choice}>
        <Select
          label={text('settings.calendarLanguage')}
          options={languages.map((value) => ({ value, label: names[value] }))}
          value={language}
          onChange={(language) => onChange({ language })}
        />
      </div>
    </Card>
  )
}

function Choice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>{title}</legend>
      <div className={styles.options}>{children}</div>
    </fieldset>
  )
}

function toggled<Value>(values: readonly Value[], value: Value, isOn: boolean): Value[] {
  const others = values.filter((one) => one !== value)
  return isOn ? [...others, value] : others
}
