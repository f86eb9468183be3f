import { html, type SafeHtml } from '../../html.ts'
import type { Faults } from '../../pages/fields.ts'
import { icon } from '../../pages/icons.ts'
import { page } from '../../pages/layout.ts'
import { mailedTokenTtlHours } from '../mailed-tokens.ts'
import { codeForm, mailForm, sendAgainForm } from './forms.ts'

const address = '/confirm'
const mailAddress = `${address}/mail`
const confirm = 'Confirm my address'

/** What the link of the confirmation mail opens: nothing happens until the button is pressed. */
export function confirmPage(token: string, email: string): string {
  return page({
    title: 'Confirm your e-mail address',
    icon: 'mail',
    address,
    body: html`<p>Is <strong>${email}</strong> yours? Then your account is ready to be used.</p>
      <form method="post" action="${address}">
        <input type="hidden" name="token" value="${token}" />
        <button class="button">${confirm}</button>
      </form>`,
  })
}

/** The same of the mail that a new address gets. */
export function confirmChangePage(token: string, email: string): string {
  return page({
    title: 'Confirm your new e-mail address',
    icon: 'mail',
    address,
    body: html`<p>
        Is <strong>${email}</strong> yours? Then your account gets this address, and you are logged
        out on your other devices.
      </p>
      <form method="post" action="${address}">
        <input type="hidden" name="token" value="${token}" />
        <button class="button">${confirm}</button>
      </form>`,
  })
}

export function emailChangedPage(): string {
  return page({
    title: 'Address changed',
    icon: 'done',
    address,
    body: html`<p role="status">
        Your account has its new e-mail address. Log in with it from now on.
      </p>
      ${goOn}`,
  })
}

/** For who comes without a token: it can be pasted, and another mail asked for. */
export function pasteConfirmationPage(faults?: Faults): string {
  return page({
    title: 'Confirm your e-mail address',
    icon: 'mail',
    address,
    faults,
    body: html`${codeForm(address, confirm, faults)}
      <details>
        <summary>No mail?</summary>
        ${mailForm(mailAddress)}
      </details>`,
  })
}

export function confirmedPage(isFirstTime: boolean): string {
  return page({
    title: isFirstTime ? 'Welcome' : 'Already confirmed',
    icon: 'done',
    address,
    body: html`<p role="status">Your e-mail address is confirmed.</p>
      <p>You can log in now, with any program that knows this server, or in the browser:</p>
      ${goOn}`,
  })
}

/** For a link that is too old, replaced by a newer one, or broken. */
export function deadConfirmationPage(): string {
  return page({
    title: 'This link is not valid any more',
    icon: 'over',
    address,
    body: html`<p>
        A link works for ${String(mailedTokenTtlHours.confirm_email / 24)} days, and only the newest
        one does. Have a new one sent to you:
      </p>
      ${mailForm(mailAddress)} ${codeDetails(address, confirm)}`,
  })
}

/** One answer for all, whether or not there is such an account. */
export function confirmationSentPage(email: string): string {
  return page({
    title: 'Almost there',
    icon: 'mail',
    address,
    body: html`<p role="status">
        Check your e-mail. If <strong>${email}</strong> waits to be confirmed, a mail is on its way.
      </p>
      <p class="quiet">Nothing after a few minutes? Look among the unwanted mails too.</p>
      ${sendAgainForm(mailAddress, email)} ${codeDetails(address, confirm)}`,
  })
}

/** The address was no address. */
export function confirmationMailPage(faults: Faults, email: string): string {
  return page({
    title: 'Have a new link sent to you',
    icon: 'mail',
    address,
    faults,
    body: mailForm(mailAddress, faults, email),
  })
}

/** For who has the mail on another device. */
export function codeDetails(action: string, button: string): SafeHtml {
  return html`<details>
    <summary>I have a code</summary>
    ${codeForm(action, button)}
  </details>`
}

/** Where to go once an account can be used. */
export const goOn = html`<a class="button" href="/docs">Log in to the API ${icon('next')}</a>`
