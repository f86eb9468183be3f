import { useCall } from '../data/call.ts'
import { text } from '../strings/text.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'

type Props = { onConfirm: () => void; onCancel: () => void }

/** Asks before all devices are logged out, since that ends app passwords and API tokens as well. */
export function LogOutEverywhere({ onConfirm, onCancel }: Props) {
  const passwords = useCall<unknown[]>('/api/users/me/app-passwords')
  const tokens = useCall<unknown[]>('/api/users/me/tokens')
  return (
    <AlertDialog
      title={text('settings.everywhereTitle')}
      isOpen
      action={text('settings.logOutEverywhere')}
      onAction={onConfirm}
      onCancel={onCancel}
    >
      <p>{text('settings.everywhereNote')}</p>
      {passwords.kind === 'here' && passwords.value.length > 0 ? (
        <p>{text('settings.everywherePasswords', { count: passwords.value.length })}</p>
      ) : null}
      {tokens.kind === 'here' && tokens.value.length > 0 ? (
        <p>{text('settings.everywhereTokens', { count: tokens.value.length })}</p>
      ) : null}
    </AlertDialog>
  )
}
