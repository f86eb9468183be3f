import type { Calendar } from '@kith/server/calendar/schema'
import { timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardRow } from '../ui/card.tsx'
import { CalendarPlusIcon } from '../ui/icons.ts'
import { OutsideLinkButton } from '../ui/link-button.tsx'
import { Copyable } from './copyable.tsx'
import styles from './card-form.module.css'

type Props = {
  calendar: Calendar
  /** Its address, which the server tells this once. */
  url: string | null
  isPending: boolean
  onRenew: () => void
  onRemove: () => void
}

/** The secret address, while it can be shown, and what else can be done about it. */
export function CalendarAddress({ calendar, url, isPending, onRenew, onRemove }: Props) {
  const fetched = calendar.last_fetched_at
  return (
    <Card title={text('settings.address')} level={3} note={text('settings.calendarAddressNote')}>
      {url === null ? null : (
        <div className={styles.form}>
          <p role="status">{text('settings.addressShownOnce')}</p>
          <Copyable value={url} isSecret />
          <div className={styles.actions}>
            <OutsideLinkButton
              href={url.replace(/^https?:/, 'webcal:')}
              icon={CalendarPlusIcon}
              variant="primary"
            >
              {text('settings.subscribe')}
            </OutsideLinkButton>
          </div>
        </div>
      )}
      <CardRow label={text('settings.lastFetched')}>
        {fetched === null ? text('settings.never') : timeAgo(fetched)}
      </CardRow>
      <div className={styles.form}>
        <div className={styles.actions}>
          <Button isPending={isPending} onPress={onRenew}>
            {text('settings.newAddress')}
          </Button>
          <Button variant="plainDanger" onPress={onRemove}>
            {text('settings.removeCalendar')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
