import { oneLine, manyLines } from '../../book/text.ts'
import type { LabelledValue } from '../../book/contact.ts'
import type { ListCodec, Source } from './list-codec.ts'
import { without } from './list-codec.ts'
import { valueOf } from '../lines/lines.ts'
import { makeParam, paramValue } from '../lines/params.ts'
import { readText, writeText, writeUri } from '../lines/text-value.ts'

/** TEL. A `tel:` URI (RFC 6350, 6.4.1) is read, and on a change written, as a plain number. */
export const phones: ListCodec<LabelledValue> = {
  list: 'phones',
  isRanked: true,
  read(source) {
    const text = textOf(source)
    const isUri = /^ur[il]$/i.test(paramValue(source.params, 'VALUE') ?? '')
    return valueItem(oneLine(isUri ? text.replace(/^tel:/i, '') : text))
  },
  create: ({ value }) => ({ name: 'TEL', params: [], value: writeText(value) }),
  update: updateText,
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
      ? { name: 'RELATED', params: [makeParam('VALUE', ['text'])], value: writeText(value) }
      : { name: 'X-ABRELATEDNAMES', params: [], value: writeText(value) },
  update({ line, params }, { value }) {
    const kept = without(params, 'VALUE', 'MEDIATYPE')
    const asText = line.name === 'RELATED' ? [makeParam('VALUE', ['text'])] : []
    return { params: [...kept, ...asText], value: writeText(value) }
  },
}

/** X-KITH-FIELD, a property of our own. */
export const customFields: ListCodec<LabelledValue> = {
  list: 'custom_fields',
  isRanked: false,
  read: (source) => valueItem(manyLines(textOf(source))),
  create: ({ value }) => ({ name: 'X-KITH-FIELD', params: [], value: writeText(value) }),
  update: updateText,
}

export function textOf({ line, coding }: Source): string {
  return readText(valueOf(line), coding)
}

export function valueItem(value: string | null): { value: string } | null {
  return value === null ? null : { value }
}

function updateText({ params }: Source, { value }: LabelledValue) {
  return { params: without(params, 'VALUE'), value: writeText(value) }
}
