import { text } from '../strings/text.ts'
import { EmailIcon } from '../ui/icons.ts'
import { AccountCard } from './account-card.tsx'
import { CodeForm } from './code-form.tsx'
import { Details } from './details.tsx'
import { SendAgain } from './send-again.tsx'

type Props = {
  email: string
  kind: 'confirmation' | 'reset'
  /** What the mail is good for. */
  note: string
  codeButton: string
  onToken: (token: string) => void
}

/** A mail is on its way; its code may be pasted here. */
export function MailSent({ email, kind, note, codeButton, onToken }: Props) {
  return (
    <AccountCard title={text('account.almostThere')} icon={EmailIcon}>
      <p role="status">{text('account.checkMail')}</p>
      <p>{note}</p>
      <p>{text('account.checkSpam')}</p>
      <SendAgain email={email} kind={kind} isSent />
      <Details summary={text('account.haveCode')}>
        <CodeForm button={codeButton} onToken={onToken} />
      </Details>
    </AccountCard>
  )
}
