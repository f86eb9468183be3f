import { colour, colours } from '../design/tokens.ts'
import { html, markupOf, type SafeHtml } from '../html.ts'

/** A mail in words alone. Its two forms, text and HTML, are made from the same ones. */
export type Letter = {
  subject: string
  username: string
  opening: string
  /** What there is to know, as name and value. */
  facts?: [name: string, value: string][]
  /** The one thing to do. */
  action?: Action
  closing: string[]
}

export type Action = {
  label: string
  link: URL
  /** Where the code does what the link does. */
  page: URL
  code: string
}

/** The letter for readers of plain text; a link stands alone on its line, and so does a code. */
export function toText({ username, opening, facts = [], action, closing }: Letter): string {
  const blocks = [
    `Hello ${username},`,
    opening,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    ...(action ? actionText(action) : []),
    ...closing,
    '-- \nKith, the address book you host yourself',
  ]
  return blocks.filter(Boolean).join('\n\n')
}

function actionText({ label, link, page, code }: Action): string[] {
  return [
    `${label}:\n${link.href}`,
    `If the link does not open, go to ${page.href} and paste this code:\n${code}`,
  ]
}

const font = "font-family: system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const small = 'font-size: 14px; line-height: 21px'
const codeFont = "font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

/**
 * The letter as a page that every mail program can show: no pictures, nothing fetched, and one table,
 * of facts. Every colour stands inline, for programs that drop style sheets; those that keep them and
 * have a dark mode get the dark ones.
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
        <meta name="supported-color-schemes" content="light dark" />
        <title>${subject}</title>
        <style>
          ${markupOf(darkStyles)}
        </style>
      </head>
      <body
        class="on-table text"
        style="margin: 0; padding: 32px 16px; ${font}; font-size: 16px; line-height: 24px; ${paint('table', 'text')}"
      >
        <div style="max-width: 520px; margin: 0 auto">
          <p style="margin: 0 0 16px; padding: 0 4px; font-size: 20px; font-weight: 600">
            <span
              class="on-accent"
              style="display: inline-block; width: 32px; height: 32px; margin-right: 8px; border-radius: 9px; font-size: 18px; font-weight: 700; line-height: 32px; text-align: center; ${paint('accent', 'on-accent')}"
              aria-hidden="true"
              >K</span
            >Kith
          </p>
          <div
            class="on-sheet text line"
            style="padding: 28px; border: 1px solid ${light('line')}; border-radius: 20px; ${paint('sheet', 'text')}"
          >
            <p style="margin: 0 0 16px">Hello ${username},</p>
            <p style="margin: 0 0 16px">${opening}</p>
            ${facts.length > 0 ? factsHtml(facts) : ''} ${action ? actionHtml(action) : ''}
            ${closing.map(
              (paragraph) =>
                html`<p class="muted" style="margin: 16px 0 0; ${small}; color: ${light('muted')}">
                  ${paragraph}
                </p>`,
            )}
          </div>
          <p
            class="muted"
            style="margin: 16px 0 0; padding: 0 4px; font-size: 13px; line-height: 20px; color: ${light('muted')}"
          >
            Kith, the address book you host yourself
          </p>
        </div>
      </body>
    </html> `.markup
}

function factsHtml(facts: [name: string, value: string][]): SafeHtml {
  return html`<table style="margin: 0 0 16px; border-spacing: 0; ${small}; word-break: break-word">
    ${facts.map(
      ([name, value]) =>
        html`<tr>
          <th
            class="muted"
            scope="row"
            style="padding: 4px 16px 4px 0; font-weight: 400; text-align: left; vertical-align: top; white-space: nowrap; color: ${light('muted')}"
          >
            ${name}
          </th>
          <td style="padding: 4px 0; font-weight: 600; vertical-align: top">${value}</td>
        </tr>`,
    )}
  </table>`
}

/** The border is the button's room, since some programs know no padding of links. */
function actionHtml({ label, link, page, code }: Action): SafeHtml {
  return html`<p style="margin: 24px 0">
      <a
        class="on-accent edge"
        href="${link.href}"
        style="display: inline-block; border: solid ${light('accent')}; border-width: 12px 24px; border-radius: 10px; font-weight: 600; line-height: 20px; text-decoration: none; ${paint('accent', 'on-accent')}"
        >${label}</a
      >
    </p>
    <p class="muted" style="margin: 0 0 8px; ${small}; color: ${light('muted')}">
      Or open this link:<br />
      <a class="accent" href="${link.href}" style="word-break: break-all; color: ${light('accent')}"
        >${link.href}</a
      >
    </p>
    <p class="muted" style="margin: 16px 0 8px; ${small}; color: ${light('muted')}">
      If the link does not open, go to
      <a class="accent" href="${page.href}" style="color: ${light('accent')}">${page.href}</a> and
      paste this code:
    </p>
    <p
      class="on-surface-2 text"
      style="margin: 0; padding: 10px 14px; border-radius: 10px; ${codeFont}; ${small}; word-break: break-all; ${paint('surface-2', 'text')}"
    >
      ${code}
    </p>`
}

/** For each class that names a colour, the dark one; `on-…` is a background with its text. */
const darkStyles = `@media (prefers-color-scheme: dark) {
${[...colours.keys()].flatMap(darkRules).join('\n')}
.on-accent { background-color: ${colour('accent').dark} !important; color: ${colour('on-accent').dark} !important }
.edge { border-color: ${colour('accent').dark} !important }
.line { border-color: ${colour('line').dark} !important }
}`

function darkRules(name: string): string[] {
  if (['text', 'muted', 'accent'].includes(name)) {
    return [`.${name} { color: ${colour(name).dark} !important }`]
  }
  if (['table', 'sheet', 'surface-2'].includes(name)) {
    return [`.on-${name} { background-color: ${colour(name).dark} !important }`]
  }
  return []
}

function paint(background: string, text: string): string {
  return `background-color: ${light(background)}; color: ${light(text)}`
}

function light(name: string): string {
  return colour(name).light
}
