import { lazy, Suspense } from 'react'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Card } from '../ui/card.tsx'
import styles from './address-code.module.css'

const Code = lazy(() => import('./qr-of-text.tsx').then(({ QrOfText }) => ({ default: QrOfText })))

/** Brings this page to a phone, by its camera. */
export function AddressCode() {
  const address = location.origin + to.settings('devices')
  return (
    <Card title={text('settings.onPhone')} level={3}>
      <div className={styles.row}>
        <Suspense fallback={<div className={styles.code} />}>
          <Code content={address} label={text('settings.qr', { address })} />
        </Suspense>
        <p>{text('settings.onPhoneNote')}</p>
      </div>
    </Card>
  )
}
