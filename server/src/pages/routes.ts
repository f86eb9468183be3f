import { readFile } from 'node:fs/promises'
import type { FastifyPluginAsync } from 'fastify'
import { html } from '../html.ts'
import { page } from './layout.ts'

const assets = [
  { name: 'kith.css', type: 'text/css; charset=utf-8' },
  { name: 'forms.js', type: 'text/javascript; charset=utf-8' },
  { name: 'reset-password.js', type: 'text/javascript; charset=utf-8' },
  { name: 'sign-up.js', type: 'text/javascript; charset=utf-8' },
]

const landing = page(
  'Address book',
  html`<h1>Kith</h1>
    <p>
      The address book you host yourself: accounts, contacts and birthdays behind a clean REST API.
    </p>
    <ul>
      <li><a href="/docs">Try the API</a> in your browser</li>
      <li><a href="/openapi.json">The OpenAPI document</a> for programs</li>
      <li><a href="/reset-password">Set a new password</a> with a link from a mail</li>
    </ul>`,
)

const resetPassword = page(
  'New password',
  html`<h1>Set a new password</h1>
    <form id="reset" hidden>
      <label
        >New password
        <input
          type="password"
          name="password"
          minlength="8"
          maxlength="128"
          autocomplete="new-password"
          required
      /></label>
      <label
        >Once more
        <input
          type="password"
          name="again"
          minlength="8"
          maxlength="128"
          autocomplete="new-password"
          required
      /></label>
      <button>Set password</button>
    </form>
    <form id="forgot" hidden>
      <p>No valid link? Have one sent to you.</p>
      <label>E-mail <input type="email" name="email" autocomplete="email" required /></label>
      <button>Send the mail</button>
    </form>
    <p id="status" role="status"></p>
    <noscript
      ><p>
        This page needs JavaScript: the token in the link must not travel anywhere else.
      </p></noscript
    >
    <script type="module" src="/pages/reset-password.js"></script>`,
)

const signUp = page(
  'Open an account',
  html`<h1>Open an account</h1>
    <form id="sign-up">
      <label>Name <input name="username" maxlength="50" autocomplete="name" required /></label>
      <label>E-mail <input type="email" name="email" autocomplete="email" required /></label>
      <label
        >Password
        <input
          type="password"
          name="password"
          minlength="8"
          maxlength="128"
          autocomplete="new-password"
          required
      /></label>
      <label>Invite, where one is needed <input name="invite" autocomplete="off" /></label>
      <button>Open my account</button>
    </form>
    <p id="status" role="status"></p>
    <noscript><p>This page needs JavaScript, which sends the form to the API.</p></noscript>
    <script type="module" src="/pages/sign-up.js"></script>`,
)

/** The few pages people see: a welcome, and the forms behind the links of mails. */
export const pageRoutes: FastifyPluginAsync = async (app) => {
  for (const { name, type } of assets) {
    const content = await readFile(new URL(`assets/${name}`, import.meta.url), 'utf8')
    app.get(`/pages/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=300').send(content),
    )
  }
  for (const [url, content] of [
    ['/', landing],
    ['/reset-password', resetPassword],
    ['/signup', signUp],
    ['/signup/:invite', signUp],
  ] as const) {
    app.get(url, { schema: { hide: true } }, (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(content),
    )
  }
}
