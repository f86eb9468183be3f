import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { text } from '../strings/text.ts'
import { CircleAlertIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { AccountCard } from './account-card.tsx'
import { MailSent } from './mail-sent.tsx'
import { SignUpForm } from './sign-up-form.tsx'
import { useRegistration } from './use-registration.ts'
import { useToken } from './use-token.ts'

/** Opens an account, by an invitation where that takes one. */
export function SignUp() {
  const registration = useRegistration()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [invite] = useToken()
  const [, navigate] = useLocation()
  if (sentTo !== null) {
    return (
      <MailSent
        email={sentTo}
        kind="confirmation"
        note={text('account.signedUp', { email: sentTo })}
        codeButton={text('account.confirm')}
        onToken={(token) => navigate('/confirm', { state: { token } })}
      />
    )
  }
  if (registration === 'closed') return <Closed />
  return (
    <AccountCard
      title={text('account.createAnAccount')}
      foot={<Link href={`/login${location.search}`}>{text('account.haveAccount')}</Link>}
    >
      <SignUpForm takesInvite={registration === 'invite'} invite={invite} onDone={setSentTo} />
    </AccountCard>
  )
}

function Closed() {
  return (
    <AccountCard title={text('account.closed')} icon={CircleAlertIcon} isOver>
      <p>{text('account.closedNote')}</p>
      <LinkButton to="/login" variant="primary" wide>
        {text('account.logIn')}
      </LinkButton>
    </AccountCard>
  )
}
