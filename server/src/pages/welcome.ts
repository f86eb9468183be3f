import type { FastifyPluginCallback } from 'fastify'
import { html, type SafeHtml } from '../html.ts'
import type { Services } from '../services.ts'
import { icon, mark, type IconName } from './icons.ts'
import { frame, sendPage } from './layout.ts'
import { webAppInstead, type WebApp } from './web-app.ts'

/** The page at the root: the web app, or where there is none, what this is and where to go. */
export function welcomeRoute(
  { config }: Pick<Services, 'config'>,
  webApp: WebApp | null,
): FastifyPluginCallback {
  const content = welcome(config.registration !== 'closed', webApp !== null)
  const onRequest = webAppInstead(webApp, 'index.html')
  return (app, _options, done) => {
    app.get('/', { schema: { hide: true }, onRequest }, (_request, reply) =>
      sendPage(reply, content),
    )
    done()
  }
}

function welcome(canSignUp: boolean, hasWebApp: boolean): string {
  return frame(
    'Kith, your address book',
    html`<main class="home">
        ${mark}
        <h1>Kith</h1>
        <p class="lead">
          The address book you host yourself: people, their numbers and their birthdays, on a server
          of your own.
        </p>
        <p class="quiet">${hasWebApp ? needsScripts : notBuilt}</p>
        <p class="actions">
          ${canSignUp ? html`<a class="button" href="/signup">Create an account</a>` : ''}
          <a class="${canSignUp ? 'button second' : 'button'}" href="/docs">Explore the API</a>
        </p>
        <ul>
          ${[
            point('book', 'The whole contact', [
              'Every number, address, label and photo, found without accents and in any spelling ' +
                'of a number.',
            ]),
            point('safe', 'Nothing is lost', [
              'Cards leave as they came, to the byte. Each change can be undone, and what you ' +
                'delete waits in the trash.',
            ]),
            point('code', 'Open to your programs', [
              'A documented API: ',
              html`<a href="/openapi.json">OpenAPI</a>`,
              ' for programs, vCard and CSV for everybody else.',
            ]),
          ]}
        </ul>
      </main>
      <footer>
        <nav aria-label="Your account">
          <a href="/reset-password">Forgot your password?</a>
          <a href="/confirm">Confirm your e-mail address</a>
        </nav>
      </footer>`,
  )
}

const needsScripts = 'In the browser, the address book needs JavaScript.'
const notBuilt =
  'The web app is not built on this server, so the address book opens in other programs only.'

function point(name: IconName, title: string, about: (string | SafeHtml)[]): SafeHtml {
  const text = about.map((part) => html`${part}`)
  return html`<li>
    ${icon(name)}
    <h2>${title}</h2>
    <p>${text}</p>
  </li>`
}
