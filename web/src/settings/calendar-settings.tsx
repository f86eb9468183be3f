import type { Calendar, CalendarPatch, NewCalendar } from '@kith/server/calendar/schema'
import { useState } from 'react'
import { useCall } from '../data/call.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ServerPane } from '../ui/server-pane.tsx'
import { CalendarAddress } from './calendar-address.tsx'
import { CalendarContents } from './calendar-contents.tsx'
import { Fault } from './fault.tsx'
import { useAction } from './use-action.ts'
import styles from './card-form.module.css'

const path = '/api/users/me/calendar'

/** Birthdays for calendar programs, which subscribe to a secret address. */
export function CalendarSettings() {
  const state = useCall<Calendar>(path)
  const [changed, setChanged] = useState<Calendar | null | undefined>()
  const [url, setUrl] = useState<string | null>(null)
  const { isPending, fault, run } = useAction()
  const isMissing = state.kind === 'failed' && state.status === 404
  const read = state.kind === 'here' ? state.value : null
  const calendar = changed === undefined ? read : changed

  async function renew() {
    const answer = await run({ method: 'POST', path })
    if (!answer) return
    const { url, ...calendar } = answer.body as NewCalendar
    setUrl(url)
    setChanged(calendar)
  }

  async function change(patch: CalendarPatch) {
    if (calendar) setChanged({ ...calendar, ...(patch as Partial<Calendar>) })
    const answer = await run({ method: 'PATCH', path, body: patch })
    setChanged(answer ? (answer.body as Calendar) : calendar)
  }

  async function remove() {
    const answer = await run({ method: 'DELETE', path })
    if (!answer) return
    setUrl(null)
    setChanged(null)
  }

  const pane = isMissing || calendar ? { kind: 'here' as const, reload: state.reload } : state
  return (
    <>
      <p>{text('settings.calendarIntro')}</p>
      <Fault>{fault}</Fault>
      <ServerPane
        state={pane}
        label={text('settings.section.calendar')}
        offline={text('settings.offline')}
      >
        {calendar ? (
          <>
            <CalendarAddress
              calendar={calendar}
              url={url}
              isPending={isPending}
              onRenew={() => void renew()}
              onRemove={() => void remove()}
            />
            <CalendarContents calendar={calendar} onChange={(patch) => void change(patch)} />
          </>
        ) : (
          <Card>
            <div className={styles.form}>
              <p>{text('settings.noCalendar')}</p>
              <div className={styles.actions}>
                <Button variant="primary" isPending={isPending} onPress={() => void renew()}>
                  {text('settings.makeAddress')}
                </Button>
              </div>
            </div>
          </Card>
        )}
      </ServerPane>
    </>
  )
}
