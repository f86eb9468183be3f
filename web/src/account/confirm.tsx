import { useState } from 'react'
import { knownUser } from '../device.ts'
import { text } from '../strings/text.ts'
import { CircleCheckIcon, EmailIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { AccountCard } from './account-card.tsx'
import { confirmEmail } from './api.ts'
import { CodeForm } from './code-form.tsx'
import { CutLink } from './cut-link.tsx'
import { DeadLink } from './dead-link.tsx'
import { Details } from './details.tsx'
import { Form } from './form.tsx'
import { MailForm } from './mail-form.tsx'
import { MailSent } from './mail-sent.tsx'
import { useSubmission } from './use-submission.ts'
import { useToken } from './use-token.ts'

/** What the link of a confirmation opens. Opening it changes nothing, since programs do so too. */
export function Confirm() {
  const [token, setToken] = useToken()
  if (token === null) return <AskForCode onToken={setToken} />
  return <ConfirmToken key={token} token={token} onToken={setToken} />
}

type Props = { token: string; onToken: (token: string) => void }

function ConfirmToken({ token, onToken }: Props) {
  const [isDone, setDone] = useState(false)
  const submission = useSubmission(
    () => confirmEmail(token),
    () => setDone(true),
  )
  const button = text('account.confirm')
  if (isDone) return <Confirmed />
  if (submission.refusal?.code === 'verification_error') {
    return <DeadLink kind="confirmation" codeButton={button} onToken={onToken} />
  }
  return (
    <AccountCard title={text('account.confirmTitle')} icon={EmailIcon}>
      <p>{text('account.confirmNote')}</p>
      <Form submission={submission} button={button} />
    </AccountCard>
  )
}

function Confirmed() {
  return (
    <AccountCard title={text('account.allSet')} icon={CircleCheckIcon}>
      <p role="status">{text('account.confirmed')}</p>
      <LinkButton to="/login" variant="primary" wide>
        {text(knownUser() === null ? 'account.logIn' : 'account.continue')}
      </LinkButton>
    </AccountCard>
  )
}

/** For who comes without a token: it can be pasted, and another mail asked for. */
function AskForCode({ onToken }: Pick<Props, 'onToken'>) {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const button = text('account.confirm')
  if (sentTo !== null) {
    const note = text('account.confirmationSent', { email: sentTo })
    return (
      <MailSent
        email={sentTo}
        kind="confirmation"
        note={note}
        codeButton={button}
        onToken={onToken}
      />
    )
  }
  return (
    <AccountCard title={text('account.confirmTitle')} icon={EmailIcon}>
      <CutLink />
      <CodeForm button={button} onToken={onToken} />
      <Details summary={text('account.noMail')}>
        <MailForm kind="confirmation" onSent={setSentTo} />
      </Details>
    </AccountCard>
  )
}
