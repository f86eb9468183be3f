import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { text } from '../strings/text.ts'
import { AccountCard } from './account-card.tsx'
import { CodeForm } from './code-form.tsx'
import { Details } from './details.tsx'
import { MailForm } from './mail-form.tsx'
import { MailSent } from './mail-sent.tsx'

/** Asks for the mail that lets one set a new password. */
export function Forgot() {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [, navigate] = useLocation()
  const goOn = (token: string) => navigate('/reset-password', { state: { token } })
  if (sentTo !== null) {
    const note = text('account.resetSent', { email: sentTo })
    const codeButton = text('account.continue')
    return (
      <MailSent email={sentTo} kind="reset" note={note} codeButton={codeButton} onToken={goOn} />
    )
  }
  return (
    <AccountCard
      title={text('account.forgot')}
      foot={<Link href="/login">{text('account.backToLogIn')}</Link>}
    >
      <p>{text('account.forgotNote')}</p>
      <MailForm kind="reset" onSent={setSentTo} />
      <Details summary={text('account.haveCode')}>
        <CodeForm button={text('account.continue')} onToken={goOn} />
      </Details>
    </AccountCard>
  )
}
