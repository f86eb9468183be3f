import { html, type SafeHtml } from '../../html.ts'
import { codeField, field, newPasswordField, type Faults } from '../../pages/fields.ts'
import { page } from '../../pages/layout.ts'
import { codeDetails } from './confirmation.ts'
import { sendAgainForm } from './forms.ts'

const address = '/signup'

type Given = {
  /** Where signing up takes one; an empty one is asked for. */
  invite?: string
  /** What was typed before, or is known from the invite. */
  username?: string
  email?: string
}

/** Opens an account. */
export function signUpPage({ invite, username, email }: Given = {}, faults: Faults = {}): string {
  return page({
    title: 'Create an account',
    address,
    faults,
    body: html`<form method="post" action="${address}">
        ${inviteField(invite, faults)}
        ${field({
          name: 'username',
          label: 'Name',
          value: username,
          faults,
          attributes: html`autocomplete="name" maxlength="50" required`,
        })}
        ${field({
          name: 'email',
          label: 'E-mail',
          hint: 'You log in with it; a link is sent there first.',
          value: email,
          faults,
          attributes: html`type="email" autocomplete="username" maxlength="254" required`,
        })}
        ${newPasswordField(faults)}
        <button class="button">Create account</button>
      </form>
      <p class="quiet"><a href="/reset-password">Forgot your password?</a></p>`,
  })
}

export function signedUpPage(email: string): string {
  return page({
    title: 'Almost there',
    icon: 'mail',
    address,
    body: html`<p role="status">
        Check your e-mail. The link that was sent to <strong>${email}</strong> opens your account.
      </p>
      <p class="quiet">Nothing after a few minutes? Look among the unwanted mails too.</p>
      ${sendAgainForm('/confirm/mail', email)} ${codeDetails('/confirm', 'Confirm my address')}`,
  })
}

/** For the link of an invite that is used, too old, or broken. */
export function deadInvitePage(): string {
  return page({
    title: 'This invitation is not valid any more',
    icon: 'over',
    address,
    body: html`<p>It works once, for a week. Ask the people who run this server for another one.</p>
      <p>
        You have an account already?
        <a href="/reset-password">Set a new password</a> if you forgot yours.
      </p>`,
  })
}

export function closedPage(): string {
  return page({
    title: 'No new accounts here',
    icon: 'over',
    address,
    body: html`<p>
      This server takes no new accounts. The people who run it can open one for you.
    </p>`,
  })
}

function inviteField(invite: string | undefined, faults: Faults): SafeHtml {
  if (invite === undefined) return html``
  if (invite === '' || faults['invite']) return codeField('invite', 'Invitation code', faults)
  return html`<input type="hidden" name="invite" value="${invite}" />`
}
