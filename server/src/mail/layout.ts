import { html } from '../html.ts'

/** A mail in words alone. Its two forms, text and HTML, are made from the same ones. */
export type Letter = {
  subject: string
  username: string
  opening: string
  /** What there is to know, as name and value. */
  facts?: [name: string, value: string][]
  /** The one thing to do. */
  action?: { label: string; link: URL }
  closing: string[]
}

const small = 'font-size: 14px'
const button =
  'display: inline-block; padding: 12px 20px; border-radius: 6px; font-weight: 600; ' +
  'text-decoration: none; color: #ffffff; background-color: #1f5fbf'

/** The letter for readers of plain text; a link stands alone on its line. */
export function toText({ username, opening, facts = [], action, closing }: Letter): string {
  const blocks = [
    `Hello ${username},`,
    opening,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    action ? `${action.label}:\n${action.link.href}` : '',
    ...closing,
  ]
  return blocks.filter(Boolean).join('\n\n')
}

/**
 * The letter as a page that every mail program can show: no tables, no pictures, nothing fetched.
 * Only the button has colours of its own, so that it reads well on white and on black.
 */
export function toHtml({
  subject,
  username,
  opening,
  facts = [],
  action,
  closing,
}: Letter): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${subject}</title>
      </head>
      <body style="margin: 0; padding: 24px; font: 16px/1.5 system-ui, sans-serif">
        <div style="max-width: 34em; margin: 0 auto">
          <p>Hello ${username},</p>
          <p>${opening}</p>
          ${join(facts.map(([name, value]) => html`${name}: <b>${value}</b><br />`))}
          ${action ? actionHtml(action) : ''}
          ${join(closing.map((paragraph) => html`<p style="${small}">${paragraph}</p>`))}
        </div>
      </body>
    </html> `.markup
}

function actionHtml({ label, link: { href } }: { label: string; link: URL }) {
  return html`<p><a href="${href}" style="${button}">${label}</a></p>
    <p style="${small}">
      Or open this link:<br /><a href="${href}" style="word-break: break-all">${href}</a>
    </p>`
}

type Html = ReturnType<typeof html>

function join(parts: Html[]): Html {
  return parts.reduce((whole, part) => html`${whole}${part}`, html``)
}
