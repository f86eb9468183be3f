import type { Messenger } from '../../book/contact.ts'
import { oneLine } from '../../book/text.ts'
import { makeParam, paramValue } from '../lines/params.ts'
import { writeText, writeUri } from '../lines/text-value.ts'
import { isNonLabelType, typesOf } from './label-forms.ts'
import type { ListCodec, Source } from './list-codec.ts'
import { without } from './list-codec.ts'
import { canonicalService, imppFormOf, serviceProperties } from './messenger-services.ts'
import { textOf } from './text-lists.ts'

type Handle = Omit<Messenger, 'label'>

/** IMPP (RFC 4770; RFC 6350, 6.4.3), the older properties, and social profiles (RFC 9554). */
export const messengers: ListCodec<Messenger> = {
  list: 'messengers',
  isRanked: true,
  read(source) {
    const { name } = source.line
    if (name === 'IMPP') return readImpp(source)
    if (isProfile(name)) return readProfile(source)
    const value = oneLine(textOf(source))
    return value === null ? null : { service: serviceProperties.get(name) ?? null, value }
  },
  create({ service, value }, version) {
    if (service === null) return { name: 'IMPP', params: [], value: `im:${encode(value)}` }
    const { name, scheme } = imppFormOf(service)
    const params = [makeParam('X-SERVICE-TYPE', [name], version === '4.0')]
    return { name: 'IMPP', params, value: `${scheme}:${encode(value)}` }
  },
  update(source, item, version) {
    const before = messengers.read(source)
    const { name } = source.line
    if (name === 'IMPP') {
      const kept = without(source.params, 'VALUE')
      const created = messengers.create(item, version)
      if (before?.service !== item.service) {
        const others = without(kept, 'X-SERVICE-TYPE', 'SERVICE-TYPE')
        return { params: [...others, ...created.params], value: created.value }
      }
      const scheme = schemeOf(textOf(source))
      const value = scheme ? `${scheme}:${encode(item.value)}` : created.value
      return { params: kept, value }
    }
    if (before?.service !== item.service) return null
    if (!isProfile(name)) return { params: source.params, value: writeText(item.value) }
    const params = without(source.params, 'X-USER', 'X-USERID', 'X-DISPLAYNAME', 'USERNAME')
    const isLink = /^https?:/i.test(item.value)
    return { params, value: isLink ? writeUri(item.value) : `x-apple:${encode(item.value)}` }
  },
}

/** Whether a property is a social profile: in 3.0 its TYPE is the service, so it has no label. */
export function isProfile(name: string): boolean {
  return name === 'X-SOCIALPROFILE' || name === 'SOCIALPROFILE'
}

function readImpp(source: Source): Handle | null {
  const text = textOf(source)
  const scheme = schemeOf(text)
  const value = oneLine(scheme ? decode(text.slice(scheme.length + 1)) : text)
  const named = scheme && !/^(?:im|x-apple)$/i.test(scheme) ? scheme : null
  return value === null ? null : { service: canonicalService(serviceParam(source) ?? named), value }
}

function readProfile(source: Source): Handle | null {
  const text = textOf(source)
  const handle = /^x-apple:/i.test(text) ? decode(text.slice(8)) : text
  const value = oneLine(handle) ?? oneLine(paramValue(source.params, 'X-USER') ?? '')
  // In 4.0 a type is a place, as of other properties (RFC 9554, 3.5).
  const isTyped = source.line.name === 'X-SOCIALPROFILE'
  const type = isTyped ? typesOf(source.params).find((type) => !isNonLabelType(type)) : undefined
  return value === null
    ? null
    : { service: canonicalService(serviceParam(source) ?? type ?? null), value }
}

function serviceParam({ params }: Source): string | undefined {
  return paramValue(params, 'X-SERVICE-TYPE') ?? paramValue(params, 'SERVICE-TYPE')
}

/** The scheme before a handle. The address of a web page is a handle as a whole, without a scheme. */
function schemeOf(text: string): string | null {
  const scheme = /^\s*([a-z][a-z0-9+.-]{0,40}):/i.exec(text)?.[1] ?? null
  return scheme && /^https?$/i.test(scheme) ? null : scheme
}

// All characters that need no encoding in a URI (RFC 3986, 2).
function encode(handle: string): string {
  return handle.replaceAll(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/?#[\]]/gu, encodeURIComponent)
}

function decode(handle: string): string {
  try {
    return decodeURIComponent(handle)
  } catch {
    return handle
  }
}
