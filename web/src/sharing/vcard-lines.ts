import type { ListField } from '@kith/server/book/fields'
import { knownLabels } from '@kith/server/book/known-labels'
import { knownMessengers } from '@kith/server/book/known-messengers'
import type { Contact } from '../worker/calls.ts'

/** The escapes of a text (RFC 2426, 5). */
export function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll(/\r?\n/g, String.raw`\n`)
}

/** A property with an escaped value; no line where there is none. */
export function textLine(name: string, value: string | null): string[] {
  return value ? [`${name}:${escaped(value)}`] : []
}

/** A date; the year that Apple writes for an unknown one is 1604. */
export function dateLine(name: string, date: string): string {
  const [, day] = /^--(\d\d-\d\d)$/.exec(date) ?? []
  if (day !== undefined) return `${name};X-APPLE-OMIT-YEAR=1604:1604-${day}`
  return `${name}:${escaped(date)}`
}

type Written = { line: string; label: string | null }

/** The lines of all lists; labels that are no TYPE are X-ABLabel of a group (`item1.`). */
export function listLines(contact: Pick<Contact, ListField>): string[] {
  let groups = 0
  const labelled = (list: ListField, { line, label }: Written): string[] => {
    if (label === null) return [line]
    const known = knownLabels.find((one) => one.label === label)
    if (known?.types && known.lists?.includes(list)) {
      return [
        withTypes(
          line,
          known.types.map((type) => type.toUpperCase()),
        ),
      ]
    }
    groups++
    const name = known?.apple ? `_$!<${known.apple}>!$_` : escaped(label)
    return [`item${groups}.${line}`, `item${groups}.X-ABLabel:${name}`]
  }
  return (Object.keys(writers) as ListField[]).flatMap((list) =>
    linesOf(list, contact).flatMap((written) => labelled(list, written)),
  )
}

type Writers = { [List in ListField]: (value: Contact[List][number]) => string }

const writers: Writers = {
  phones: ({ value }) => `TEL:${escaped(value)}`,
  emails: ({ value }) => `EMAIL;TYPE=INTERNET:${escaped(value)}`,
  addresses: ({ po_box, extended, street, city, region, postal_code, country }) => {
    const parts = [po_box, extended, street, city, region, postal_code, country]
    return `ADR:${parts.map((part) => escaped(part ?? '')).join(';')}`
  },
  links: ({ value }) => `URL:${value}`,
  messengers: ({ service, value }) => messengerLine(service, value),
  dates: ({ value }) => dateLine('X-ABDATE', value),
  relations: ({ value }) => `X-ABRELATEDNAMES:${escaped(value)}`,
  custom_fields: ({ value }) => `X-KITH-FIELD:${escaped(value)}`,
}

function linesOf<List extends ListField>(list: List, contact: Pick<Contact, List>): Written[] {
  const write = writers[list]
  return contact[list].map((value: Contact[List][number]) => ({
    line: write(value),
    label: value.label,
  }))
}

/** IMPP (RFC 4770), with the name that Apple writes of the service. */
function messengerLine(service: string | null, value: string): string {
  const handle = encodeURIComponent(value).replaceAll(/%(2B|40|3A|2F)/g, decodeURIComponent)
  if (service === null) return `IMPP:im:${handle}`
  const { name, scheme } = knownMessengers.get(service) ?? { name: service, scheme: 'x-apple' }
  return `IMPP;X-SERVICE-TYPE=${name.replaceAll(/[":;,]/g, ' ')}:${scheme}:${handle}`
}

function withTypes(line: string, types: string[]): string {
  const colon = line.indexOf(':')
  return `${line.slice(0, colon)};TYPE=${types.join(',')}${line.slice(colon)}`
}
