/** Text that was already made safe for HTML. */
class SafeHtml {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Value = SafeHtml | string | SafeHtml[]

/** HTML by template: every value is escaped, unless it came from `html` itself. */
export function html(strings: TemplateStringsArray, ...values: Value[]): SafeHtml {
  return new SafeHtml(
    strings.reduce((markup, part, index) => markup + toMarkup(values[index - 1]) + part),
  )
}

/** Markup from a file of ours, which is taken as it stands. */
export function markupOf(file: string): SafeHtml {
  return new SafeHtml(file)
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

function toMarkup(value: Value = ''): string {
  if (typeof value === 'string') return escapeHtml(value)
  return Array.isArray(value) ? value.map(toMarkup).join('') : value.markup
}

export type { SafeHtml }
