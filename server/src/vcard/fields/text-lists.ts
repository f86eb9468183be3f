import type { LabelledValue } from '../../book/contact.ts'
import { oneLine } from '../../book/text.ts'
import { valueOf } from '../lines/lines.ts'
import { makeParam, type Param } from '../lines/params.ts'
import { readText, writeText, writeUri } from '../lines/text-value.ts'
import type { ListCodec, Source } from './list-codec.ts'
import { without } from './list-codec.ts'

/** TEL. A `tel:` URI (RFC 6350, 6.4.1) is read, and on a change written, as a plain number. */
export const phones: ListCodec<LabelledValue> = {
  list: 'phones',
  isRanked: true,
  read(source) {
    return valueItem(phoneNumber(textOf(source)))
  },
  create: ({ value }) => ({ name: 'TEL', params: [], value: writeText(value) }),
  update: updateText,
}

/** The number of a `tel:` URI, also where VALUE does not state that it is one. */
export function phoneNumber(text: string): string | null {
  return oneLine(text.replace(/^\s*tel:/i, ''))
}

export function isTelUri(source: Source): boolean {
  return /^\s*tel:/i.test(textOf(source))
}

export const emails: ListCodec<LabelledValue> = {
  list: 'emails',
  isRanked: true,
  read: (source) => valueItem(oneLine(textOf(source))),
  create: ({ value }, version) => ({
    name: 'EMAIL',
    // The default of 3.0 (RFC 2426, 3.3.2), which some readers require; 4.0 does not have it.
    params: version === '4.0' ? [] : [makeParam('TYPE', ['INTERNET'])],
    value: writeText(value),
  }),
  update: updateText,
}

export const links: ListCodec<LabelledValue> = {
  list: 'links',
  isRanked: true,
  read: (source) => valueItem(oneLine(textOf(source))),
  create: ({ value }) => ({ name: 'URL', params: [], value: writeUri(value) }),
  update: ({ params }, { value }) => ({ params: without(params, 'VALUE'), value: writeUri(value) }),
}

/** RELATED (RFC 6350, 6.6.6), in 3.0 Apple's X-ABRELATEDNAMES. */
export const relations: ListCodec<LabelledValue> = {
  list: 'relations',
  isRanked: false,
  read: (source) => valueItem(oneLine(textOf(source))),
  create: ({ value }, version) =>
    version === '4.0'
      ? { name: 'RELATED', ...related(value) }
      : { name: 'X-ABRELATEDNAMES', params: [], value: writeText(value) },
  update({ line, params }, { value }) {
    const kept = without(params, 'VALUE', 'MEDIATYPE', 'X-KITH-MEDIATYPE')
    if (line.name !== 'RELATED') return { params: kept, value: writeText(value) }
    const { params: stated, value: written } = related(value)
    return { params: [...kept, ...stated], value: written }
  },
}

/** A URI is the default of RELATED (RFC 6350, 6.6.6). */
function related(value: string): { params: Param[]; value: string } {
  const isUri = /^(?:urn|https?|mailto|tel):[!-~]+$/i.test(value)
  return isUri
    ? { params: [], value: writeUri(value) }
    : { params: [makeParam('VALUE', ['text'])], value: writeText(value) }
}

export function textOf({ line, coding }: Source): string {
  return readText(valueOf(line), coding)
}

export function valueItem(value: string | null): { value: string } | null {
  return value === null ? null : { value }
}

export function updateText({ params }: Source, { value }: LabelledValue) {
  return { params: without(params, 'VALUE', 'X-KITH-VALUE'), value: writeText(value) }
}
