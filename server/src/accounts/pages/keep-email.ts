import { html } from '../../html.ts'
import type { Faults } from '../../pages/fields.ts'
import { page } from '../../pages/layout.ts'
import { codeForm } from './forms.ts'

const address = '/keep-email'
const keep = 'Keep my address'
const title = 'Keep your e-mail address'

const setPassword = html`<p>
  Whoever asked for the change knew your password. If it was not you,
  <a href="/reset-password">set a new one</a> now.
</p>`

/** What the link of the notice opens: nothing happens until the button is pressed. */
export function keepEmailPage(token: string, email: string): string {
  return page({
    title,
    icon: 'mail',
    address,
    body: html`<p>
        Your account keeps the address <strong>${email}</strong>. If it has got another one already,
        that is taken back, and every session, API token and app password ends.
      </p>
      <form method="post" action="${address}">
        <input type="hidden" name="token" value="${token}" />
        <button class="button">${keep}</button>
      </form>`,
  })
}

/** For who comes without a token, or with one that is not good. */
export function pasteKeepEmailPage(faults?: Faults): string {
  return page({ title, icon: 'mail', address, faults, body: codeForm(address, keep, faults) })
}

export function emailKeptPage(outcome: 'stopped' | 'reverted'): string {
  const sentence =
    outcome === 'stopped'
      ? 'Your account keeps its address.'
      : 'Your account has its old address again. Every session has ended, and so has every API token and app password: your programs need new ones.'
  return page({
    title: 'Address kept',
    icon: 'done',
    address,
    body: html`<p role="status">${sentence}</p>
      ${setPassword}`,
  })
}

/** For a link that is too old, used, or broken. */
export function deadKeepEmailPage(): string {
  return page({
    title: 'This link is not valid any more',
    icon: 'over',
    address,
    body: html`<p>A link works once, and for 7 days.</p>
      ${setPassword}`,
  })
}
