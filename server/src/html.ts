/** Text that was already made safe for HTML. */
class SafeHtml {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

/** HTML by template: every value is escaped, unless it came from `html` itself. */
export function html(strings: TemplateStringsArray, ...values: (SafeHtml | string)[]): SafeHtml {
  return new SafeHtml(
    strings.reduce((markup, part, index) => markup + toMarkup(values[index - 1]) + part),
  )
}

/** Text as HTML shows it, in content and in quoted attributes. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function toMarkup(value: SafeHtml | string = ''): string {
  return value instanceof SafeHtml ? value.markup : escapeHtml(value)
}

export type { SafeHtml }
