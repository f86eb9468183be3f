import type { FastifyRequest } from 'fastify'
import { AppError, type FieldError } from '../../errors.ts'
import { html, type SafeHtml } from '../../html.ts'
import { codeField, emailField, type Faults } from '../../pages/fields.ts'

/** The fields of a form that was sent, none of them twice. */
export function fieldsOf({ body }: Pick<FastifyRequest, 'body'>): Partial<Record<string, string>> {
  const fields = Object.entries(Object(body) as Record<string, unknown>)
  return Object.fromEntries(
    fields.flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.toWellFormed()]] : [],
    ),
  )
}

/**
 * The token in what a link or a person brings: alone, in a whole link, or with what a mail program
 * put around it.
 * @returns an empty text, which is no token, where there is none
 */
export function mailedTokenIn(text = ''): string {
  return /(?<![\w-])[\w-]{43}(?![\w-])/.exec(text)?.[0] ?? ''
}

/** What a link brought, wherever a mail program left it; undefined for a page without a token. */
export function tokenOfLink({
  params,
  query,
}: Pick<FastifyRequest, 'params' | 'query'>): string | undefined {
  const { token, mangled } = params as { token?: string; mangled?: string }
  const [text] = [token ?? mangled ?? (query as { token?: string | string[] }).token].flat()
  return text ? mailedTokenIn(text) : undefined
}

/** The paths of a page whose link may come without its token, with it, or with its # as %23. */
export function linkPaths(path: string): string[] {
  return [path, `${path}/:token`, `${path}:mangled(^#.+$)`]
}

/** Asks for another mail, or for the one that never came. */
export function mailForm(action: string, faults?: Faults, email?: string): SafeHtml {
  return html`<form method="post" action="${action}">
    ${emailField(faults, email)}
    <button class="button">Send the link</button>
  </form>`
}

/** The same for who said their address just now. */
export function sendAgainForm(action: string, email: string): SafeHtml {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="email" value="${email}" />
    <button class="button second">Send again</button>
  </form>`
}

/** For who has the mail on another device, or whose mail program broke the link. */
export function codeForm(action: string, button: string, faults?: Faults): SafeHtml {
  return html`<form method="post" action="${action}">
    ${codeField('token', 'Code from the mail', faults)}
    <button class="button">${button}</button>
  </form>`
}

/** What to say of a code that cannot be used. */
export const wrongCode: Faults = {
  token: 'This code is not valid any more. Have a new one sent to you.',
}

/**
 * Does what a form asks for, unless something is wrong with it.
 * @returns each fault by its field; undefined when it was done
 */
export async function faultsOf(
  errors: FieldError[],
  act: () => Promise<unknown>,
): Promise<Faults | undefined> {
  if (errors.length > 0) return toFaults(errors)
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof AppError && error.errors) return toFaults(error.errors)
    throw error
  }
}

function toFaults(errors: FieldError[]): Faults {
  return Object.fromEntries(
    errors.map(({ pointer, detail }) => [pointer.slice(1), `This ${detail}`]),
  )
}
