import { splitName } from '../cards/address-data.ts'
import { DavError, failed } from '../dav-error.ts'
import { collations } from '../properties/address-book.ts'
import {
  attributeOf,
  childNamed,
  childrenNamed,
  childrenOf,
  textOf,
  type XmlElement,
} from '../xml/element.ts'
import { nameOf } from '../xml/names.ts'
import type { Collation } from './collation.ts'
import type { Filter, ParamFilter, PropFilter, Test, TextMatch } from './filter.ts'

// Each may be asked of each card of a book.
const maxElements = 200

const matchTypes = ['contains', 'equals', 'starts-with', 'ends-with'] as const

/** Reads a `CARDDAV:filter`. @throws {DavError} 400, 403 */
export function readFilter(element: XmlElement): Filter {
  if (countIn(element) > maxElements) {
    throw unsupported(`The filter has more than ${maxElements} elements.`)
  }
  requireOnly(element, ['prop-filter'])
  return {
    test: testOf(element),
    props: childrenNamed(element, 'C:prop-filter').map(readPropFilter),
  }
}

function countIn(element: XmlElement): number {
  return childrenOf(element).reduce((count, child) => count + countIn(child), 1)
}

function readPropFilter(element: XmlElement): PropFilter {
  requireOnly(element, ['is-not-defined', 'text-match', 'param-filter'])
  const { name, group } = splitName(nameIn(element))
  const isAbsent = childNamed(element, 'C:is-not-defined') !== undefined
  if (isAbsent) requireOne(element)
  return {
    name,
    group,
    test: testOf(element),
    conditions: isAbsent
      ? null
      : {
          texts: childrenNamed(element, 'C:text-match').map(readTextMatch),
          params: childrenNamed(element, 'C:param-filter').map(readParamFilter),
        },
  }
}

function readParamFilter(element: XmlElement): ParamFilter {
  requireOnly(element, ['is-not-defined', 'text-match'])
  requireOne(element)
  const name = nameIn(element).trim().toUpperCase()
  if (childNamed(element, 'C:is-not-defined')) return { name, condition: 'is-not-defined' }
  const match = childNamed(element, 'C:text-match')
  return { name, condition: match ? readTextMatch(match) : null }
}

function readTextMatch(element: XmlElement): TextMatch {
  const type = attributeOf(element, 'match-type') ?? 'contains'
  const known = matchTypes.find((one) => one === type)
  if (!known) throw unsupported(`There is no match-type ${type}.`)
  const isNegated = attributeOf(element, 'negate-condition') ?? 'no'
  if (isNegated !== 'yes' && isNegated !== 'no') {
    throw unsupported('A negate-condition is yes or no.')
  }
  return {
    collation: collationOf(element),
    isNegated: isNegated === 'yes',
    type: known,
    text: textOf(element),
  }
}

function collationOf(element: XmlElement): Collation {
  const named = attributeOf(element, 'collation') ?? 'default'
  const collation = named === 'default' ? 'i;unicode-casemap' : named
  const known = collations.find((one) => one === collation)
  if (!known) throw failed(403, 'C:supported-collation', 'There is no such collation.')
  return known
}

function testOf(element: XmlElement): Test {
  const test = attributeOf(element, 'test') ?? 'anyof'
  if (test !== 'anyof' && test !== 'allof') throw unsupported('A test is anyof or allof.')
  return test
}

function nameIn(element: XmlElement): string {
  const name = attributeOf(element, 'name')
  if (!name) throw new DavError(400, 'A filter names no property or parameter.')
  return name
}

/** RFC 6352, 10.5.1 and 10.5.2: what excludes other conditions stands alone. @throws {DavError} 400 */
function requireOne(element: XmlElement) {
  if (childrenOf(element).length <= 1) return
  throw new DavError(400, 'A filter has conditions that exclude each other.')
}

/** A condition that is not known would let through what it was to keep out. */
function requireOnly(element: XmlElement, locals: readonly string[]) {
  const known = new Set(locals.map((local) => nameOf(`C:${local}`)))
  const other = childrenOf(element).find(({ name }) => !known.has(name))
  if (other) throw unsupported(`${other.name} is no condition of a filter.`)
}

function unsupported(detail: string): DavError {
  return failed(403, 'C:supported-filter', detail)
}
