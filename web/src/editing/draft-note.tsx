import { currentLocale, text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

/** Says that the form shows what was typed before and not saved. */
export function DraftNote({ at, onDiscard }: { at: number; onDiscard: () => void }) {
  return (
    <Banner
      kind="info"
      isAlert={false}
      title={text('editing.draft', { time: timeOf(at) })}
      actions={<Button onPress={onDiscard}>{text('editing.discard')}</Button>}
    />
  )
}

/** The time of a day, with the day where it is not today. */
function timeOf(at: number): string {
  const date = new Date(at)
  const isToday = date.toDateString() === new Date().toDateString()
  return new Intl.DateTimeFormat(currentLocale(), {
    ...(!isToday && { dateStyle: 'medium' }),
    timeStyle: 'short',
  }).format(date)
}
