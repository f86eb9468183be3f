import { useState } from 'react'
import { text } from '../strings/text.ts'
import { CircleAlertIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { AccountCard } from './account-card.tsx'
import { CodeForm } from './code-form.tsx'
import { Details } from './details.tsx'
import { MailForm } from './mail-form.tsx'
import { MailSent } from './mail-sent.tsx'

type Props = {
  kind: 'confirmation' | 'reset'
  codeButton: string
  onToken: (token: string) => void
}

/** For a link that is used, too old, replaced by a newer one, or broken. */
export function DeadLink({ kind, codeButton, onToken }: Props) {
  const [sentTo, setSentTo] = useState<string | null>(null)
  if (sentTo !== null) {
    const message = kind === 'reset' ? 'account.resetSent' : 'account.confirmationSent'
    const note = text(message, { email: sentTo })
    return (
      <MailSent email={sentTo} kind={kind} note={note} codeButton={codeButton} onToken={onToken} />
    )
  }
  return (
    <AccountCard title={text('account.deadLink')} icon={CircleAlertIcon} isOver>
      <p role="alert">
        {text(kind === 'reset' ? 'account.deadResetNote' : 'account.deadConfirmationNote')}
      </p>
      <MailForm kind={kind} onSent={setSentTo} />
      {kind === 'confirmation' ? <LogInInstead /> : null}
      <Details summary={text('account.haveCode')}>
        <CodeForm button={codeButton} onToken={onToken} />
      </Details>
    </AccountCard>
  )
}

/** For who has confirmed the address before: then there is nothing to confirm. */
function LogInInstead() {
  return (
    <LinkButton to="/login" wide>
      {text('account.logIn')}
    </LinkButton>
  )
}
