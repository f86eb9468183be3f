import type { View } from './properties/property.ts'
import { valueOf } from './properties/table.ts'
import type { Resource } from './resource.ts'
import type { Name } from './xml/names.ts'
import { beside, element, namedElement, nothing, text, type Xml } from './xml/write-xml.ts'

// Clients compare these texts letter by letter.
const statusLines = {
  200: 'HTTP/1.1 200 OK',
  403: 'HTTP/1.1 403 Forbidden',
  404: 'HTTP/1.1 404 Not Found',
  409: 'HTTP/1.1 409 Conflict',
  424: 'HTTP/1.1 424 Failed Dependency',
  507: 'HTTP/1.1 507 Insufficient Storage',
} as const
export type StatusInXml = keyof typeof statusLines

/** What a client asks of each resource. */
export type Asked = {
  names: readonly Name[]
  /** Properties that are not there are not named (RFC 7240 with RFC 8144, 2.1). */
  isMinimal: boolean
}

const statusElements = new Map(
  Object.entries(statusLines).map(([status, line]) => [
    Number(status),
    element('D:status', text(line)),
  ]),
)

function statusElement(status: StatusInXml): Xml {
  return statusElements.get(status) ?? nothing
}

/** Some properties with the same fate. */
export function propstat(status: StatusInXml, props: readonly Xml[], condition?: Xml): Xml {
  const error = condition === undefined ? [] : [element('D:error', condition)]
  return element('D:propstat', element('D:prop', ...props), statusElement(status), ...error)
}

export function response(href: string, ...content: Xml[]): Xml {
  return element('D:response', element('D:href', text(href)), ...content)
}

/** A resource that is as a whole as the status says. */
export function statusResponse(href: string, status: StatusInXml, condition?: Xml): Xml {
  const error = condition === undefined ? [] : [element('D:error', condition)]
  return response(href, statusElement(status), ...error)
}

/** The names of properties alone. */
export function nameResponse({ href }: Resource, names: readonly Name[]): Xml {
  return response(
    href,
    propstat(
      200,
      names.map((name) => namedElement(name)),
    ),
  )
}

/**
 * The properties of a resource that a client asked for.
 * @param special values of properties that are no part of the resource, such as its card
 */
export function propertyResponse(
  resource: Resource,
  { names, isMinimal }: Asked,
  view: View,
  special?: ReadonlyMap<Name, Xml>,
): Xml {
  // Texts rather than lists: this runs for every card of a listing.
  let found = nothing
  let missing = nothing
  for (const name of names) {
    const value = special?.has(name) ? undefined : valueOf(resource, name, view)
    const given = special?.get(name)
    if (given !== undefined) found = beside(found, given)
    else if (value !== undefined)
      found = beside(found, namedElement(name, value, view.stored.get(name)?.lang))
    else missing = beside(missing, namedElement(name))
  }
  const isMissingShown = missing !== nothing && !isMinimal
  const isFoundShown = found !== nothing || !isMissingShown
  const first = isFoundShown ? propstat(200, [found]) : nothing
  const second = isMissingShown ? propstat(404, [missing]) : nothing
  return response(resource.href, beside(first, second))
}
