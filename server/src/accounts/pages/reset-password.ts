import { html } from '../../html.ts'
import { accountOf, newPasswordField, type Faults } from '../../pages/fields.ts'
import { page } from '../../pages/layout.ts'
import { codeDetails, goOn } from './confirmation.ts'
import { codeForm, mailForm, sendAgainForm } from './forms.ts'

const address = '/reset-password'
const mailAddress = `${address}/mail`

/** What the link of the reset mail opens. */
export function resetPasswordPage(token: string, email: string, faults: Faults = {}): string {
  return page({
    title: 'Set a new password',
    icon: 'key',
    address,
    faults,
    body: html`<p>
        For the account <strong>${email}</strong>. Its devices then have to log in again.
      </p>
      <form method="post" action="${address}">
        <input type="hidden" name="token" value="${token}" />
        ${accountOf(email)} ${newPasswordField(faults)}
        <button class="button">Save password</button>
      </form>`,
  })
}

/** For who comes without a token: to ask for the mail, or to paste the token. */
export function forgotPasswordPage(faults?: Faults, email?: string): string {
  return page({
    title: 'Forgot your password?',
    icon: 'key',
    address,
    faults,
    body: html`<p>A link to set a new one is sent to your address.</p>
      ${mailForm(mailAddress, faults, email)} ${codeDetails(address, 'Continue')}`,
  })
}

/** For a pasted text that is no token, or one that is used or too old. */
export function pasteResetPage(faults: Faults): string {
  return page({
    title: 'Set a new password',
    icon: 'key',
    address,
    faults,
    body: html`${codeForm(address, 'Continue', faults)}
      <details>
        <summary>No mail?</summary>
        ${mailForm(mailAddress)}
      </details>`,
  })
}

export function passwordSavedPage(): string {
  return page({
    title: 'Your password is saved',
    icon: 'done',
    address,
    body: html`<p role="status">Your password has been reset. Log in with the new one.</p>
      <p class="quiet">Every device that was logged in has to log in again.</p>
      ${goOn}`,
  })
}

/** For a link that is used, too old, replaced by a newer one, or broken. */
export function deadResetPage(): string {
  return page({
    title: 'This link is not valid any more',
    icon: 'over',
    address,
    body: html`<p>A link works once, for an hour. Have a new one sent to you:</p>
      ${mailForm(mailAddress)} ${codeDetails(address, 'Continue')}`,
  })
}

/** One answer for all, whether or not there is such an account. */
export function resetSentPage(email: string): string {
  return page({
    title: 'Almost there',
    icon: 'mail',
    address,
    body: html`<p role="status">
        Check your e-mail. If there is an account with <strong>${email}</strong>, a mail is on its
        way.
      </p>
      <p class="quiet">Nothing after a few minutes? Look among the unwanted mails too.</p>
      ${sendAgainForm(mailAddress, email)} ${codeDetails(address, 'Continue')}`,
  })
}
