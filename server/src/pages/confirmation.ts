import { html } from '../html.ts'
import { page } from './layout.ts'

/** What a browser sees behind the link of the confirmation mail. */
export function confirmationPage(isFirstTime: boolean | undefined): string {
  if (isFirstTime === undefined) {
    return page(
      'Link not valid',
      html`<h1>This link is not valid any more</h1>
        <p>
          Ask for a new one with <code>POST /api/auth/request_email</code>, or on the
          <a href="/docs">docs page</a>.
        </p>`,
    )
  }
  const title = isFirstTime ? 'Email confirmed' : 'Your email is already confirmed'
  return page(
    title,
    html`<h1>${title}</h1>
      <p>You can log in now.</p>`,
  )
}
