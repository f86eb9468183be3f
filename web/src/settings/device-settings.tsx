import { useSession } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Card, CardRow } from '../ui/card.tsx'
import { AddressCode } from './address-code.tsx'
import { AppPasswords } from './app-passwords.tsx'
import { Copyable } from './copyable.tsx'
import { SetUpSteps } from './set-up-steps.tsx'

/** Other address books that sync with this one, by CardDAV. */
export function DeviceSettings() {
  const session = useSession()
  const email = 'user' in session ? session.user.email : ''
  return (
    <>
      <p>{text('settings.devicesIntro')}</p>
      <AppPasswords />
      <Card title={text('settings.connection')} level={3} note={text('settings.connectionNote')}>
        <CardRow label={text('settings.server')}>
          <Copyable value={`${location.origin}/dav/`} />
        </CardRow>
        <CardRow label={text('settings.userName')}>
          <Copyable value={email} />
        </CardRow>
        <CardRow label={text('settings.password')}>{text('settings.anAppPassword')}</CardRow>
      </Card>
      <SetUpSteps email={email} />
      <AddressCode />
    </>
  )
}
