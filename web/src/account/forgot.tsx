import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { AccountCard } from './account-card.tsx'
import { CodeForm } from './code-form.tsx'
import { CutLink } from './cut-link.tsx'
import { Details } from './details.tsx'
import { MailForm } from './mail-form.tsx'
import { MailSent } from './mail-sent.tsx'
import { useIsCut } from './use-token.ts'

/** Asks for the mail that lets one set a new password. */
export function Forgot() {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const isCut = useIsCut()
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
      foot={<Link href={to.logIn(to.contacts)}>{text('account.backToLogIn')}</Link>}
    >
      <CutLink />
      <p>{text('account.forgotNote')}</p>
      <MailForm kind="reset" onSent={setSentTo} />
      <Details summary={text('account.haveCode')} isOpen={isCut}>
        <CodeForm button={text('account.continue')} onToken={goOn} />
      </Details>
    </AccountCard>
  )
}
