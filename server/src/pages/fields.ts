import { html, type SafeHtml } from '../html.ts'
import { icon } from './icons.ts'

/** What was wrong with what was sent, by the name of the field, each as a sentence. */
export type Faults = Readonly<Record<string, string>>

type Field = {
  name: string
  label: string
  hint?: string
  faults?: Faults | undefined
  value?: string | undefined
  /** Attributes that are written as they stand here. */
  attributes: SafeHtml
}

/** A field with its label, what to know beforehand, and below it what was wrong with it. */
export function field({ name, label, hint, faults = {}, value = '', attributes }: Field): SafeHtml {
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      ${attributes}
      ${about(name, hint, faults)}
    />
    ${below(name, hint, faults)}
  </div>`
}

export function emailField(faults?: Faults, value?: string): SafeHtml {
  const attributes = html`type="email" autocomplete="email" maxlength="254" required`
  return field({ name: 'email', label: 'E-mail', attributes, faults, value })
}

/** A code from a mail; the whole link does as well. */
export function codeField(name: string, label: string, faults?: Faults): SafeHtml {
  return field({
    name,
    label,
    hint: 'The 43 characters below the link in the mail, or the whole link.',
    attributes: html`class="code" autocomplete="off" autocapitalize="none" spellcheck="false"
    required`,
    faults,
  })
}

/** A new password, which can be looked at instead of typed twice; its rule is said beforehand. */
export function newPasswordField(faults: Faults = {}): SafeHtml {
  const name = 'password'
  const hint = '8 characters or more; a few words in a row are good.'
  return html`<div class="field">
    <label for="${name}">Password</label>
    <div class="with-button">
      <input
        id="${name}"
        name="${name}"
        type="password"
        minlength="8"
        maxlength="128"
        autocomplete="new-password"
        autocapitalize="none"
        spellcheck="false"
        required
        ${about(name, hint, faults)}
      />
      <button class="show" type="button" aria-pressed="false" aria-controls="${name}" hidden>
        ${icon('shown')}<span class="unseen">Show password</span>
      </button>
    </div>
    ${below(name, hint, faults)}
  </div>`
}

/** For programs that keep passwords: whose the new one is. */
export function accountOf(email: string): SafeHtml {
  return html`<input name="username" autocomplete="username" value="${email}" readonly hidden />`
}

/** What describes a field to who cannot see it; a field that was refused has the focus. */
function about(name: string, hint: string | undefined, faults: Faults): SafeHtml {
  const isFaulty = faults[name] !== undefined
  const ids = [isFaulty ? `${name}-fault` : '', hint ? `${name}-hint` : ''].filter(Boolean)
  if (ids.length === 0) return html``
  const isFirst = Object.keys(faults)[0] === name
  return html`aria-describedby="${ids.join(' ')}" ${isFaulty ? html`aria-invalid="true"` : ''}
  ${isFirst ? html`autofocus` : ''}`
}

function below(name: string, hint: string | undefined, faults: Faults): SafeHtml {
  const fault = faults[name]
  return html`${fault ? html`<p class="fault" id="${name}-fault" role="alert">${fault}</p>` : ''}
  ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}`
}
