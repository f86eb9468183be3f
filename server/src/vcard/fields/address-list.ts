import type { Address } from '../../book/contact.ts'
import { oneLine, manyLines } from '../../book/text.ts'
import { valueOf } from '../lines/lines.ts'
import { makeParam, paramValue } from '../lines/params.ts'
import { readText, splitValue, writeText } from '../lines/text-value.ts'
import type { ListCodec, Source } from './list-codec.ts'
import { without } from './list-codec.ts'
import { textOf } from './text-lists.ts'

type Parts = Omit<Address, 'label'>

/** The components of ADR in their order (RFC 6350, 6.3.1). */
const order = [
  'po_box',
  'extended',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
] as const satisfies (keyof Parts)[]

/**
 * ADR. The printed form of an address (LABEL) is read only if the parts are unknown. It is never
 * written, because it would contradict the parts once they change.
 */
export const addresses: ListCodec<Address> = {
  list: 'addresses',
  isRanked: true,
  read(source) {
    if (source.line.name === 'LABEL')
      return isPartOfAddress(source) ? null : asStreet(textOf(source))
    const parts = readParts(source)
    const isEmpty = order.every((key) => parts[key] === null)
    return isEmpty ? asStreet(printedForm(source) ?? '') : parts
  },
  create: (address) => ({
    name: 'ADR',
    params: [],
    value: order.map((key) => writeText(address[key] ?? '')).join(';'),
  }),
  update(source, address) {
    if (source.line.name === 'LABEL') return null
    const raw = splitValue(valueOf(source.line), ';')
    const before = readParts(source)
    for (const [at, key] of order.entries()) {
      if (before[key] !== address[key]) raw[at] = writeText(address[key] ?? '')
      raw[at] ??= ''
    }
    return { params: without(source.params, 'LABEL', 'JSCOMPS'), value: raw.join(';') }
  },
}

/** Of a LABEL of 3.0 that was the parameter of an ADR in 4.0 (RFC 6350, 6.3.1): without that it is nothing. */
export const partOfAddress = makeParam('X-KITH-OF', ['ADR'])

export function isPartOfAddress({ params }: Source): boolean {
  return paramValue(params, partOfAddress.name) !== undefined
}

/** The printed form in the parameter LABEL, in which some programs write line ends as in a value. */
export function printedForm({ params }: Source): string | undefined {
  return paramValue(params, 'LABEL')?.replaceAll(/\\([nN,;\\])/g, (_, character: string) =>
    character === 'n' || character === 'N' ? '\n' : character,
  )
}

/** Cleans a part of an address. Google and others write a street of several lines. */
export function addressPart(key: keyof Parts, text: string): string | null {
  return key === 'street' || key === 'extended' ? manyLines(text) : oneLine(text)
}

export const addressParts: readonly (keyof Parts)[] = order

function readParts({ line, coding }: Source): Parts {
  const raw = splitValue(valueOf(line), ';')
  const part = (at: number, key: keyof Parts) => {
    const text = raw[at]
    return text ? addressPart(key, readText(text, coding)) : null
  }
  return {
    street: part(2, 'street'),
    extended: part(1, 'extended'),
    po_box: part(0, 'po_box'),
    city: part(3, 'city'),
    region: part(4, 'region'),
    postal_code: part(5, 'postal_code'),
    country: part(6, 'country'),
  }
}

function asStreet(text: string): Parts | null {
  const street = manyLines(text)
  if (street === null) return null
  const rest = { extended: null, po_box: null, city: null }
  return { street, ...rest, region: null, postal_code: null, country: null }
}
