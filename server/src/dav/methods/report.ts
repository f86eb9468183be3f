import { findingOf, type Handler, type Call } from '../call.ts'
import { failed } from '../dav-error.ts'
import { findResource } from '../find-resource.ts'
import { prepareBook } from '../prepare-book.ts'
import { reportsOf, type ReportName } from '../properties/reports.ts'
import { requiredXmlOf } from '../read-request.ts'
import { addressbookMultiget } from '../reports/addressbook-multiget.ts'
import { addressbookQuery } from '../reports/addressbook-query.ts'
import { expandProperty } from '../reports/expand-property.ts'
import {
  aclPrincipalPropSet,
  principalMatch,
  principalPropertySearch,
  principalSearchPropertySet,
} from '../reports/principals.ts'
import { syncCollection } from '../reports/sync-collection.ts'
import type { Resource } from '../resource.ts'
import type { XmlElement } from '../xml/element.ts'
import { nameOf } from '../xml/names.ts'

/** Answers a report that was asked of a resource. */
type Report = (call: Call, resource: Resource, root: XmlElement) => ReturnType<Handler>

const reports: Record<ReportName, Report> = {
  'C:addressbook-multiget': addressbookMultiget,
  'C:addressbook-query': addressbookQuery,
  'D:sync-collection': syncCollection,
  'D:expand-property': expandProperty,
  'D:acl-principal-prop-set': aclPrincipalPropSet,
  'D:principal-match': principalMatch,
  'D:principal-property-search': principalPropertySearch,
  'D:principal-search-property-set': principalSearchPropertySet,
}

/** REPORT (RFC 3253, 3.6). */
export const report: Handler = async (call) => {
  const root = requiredXmlOf(call.request)
  const { account, place, reply } = call
  if (place.kind === 'book' || place.kind === 'card') {
    await prepareBook(call)
  }
  const resource = await findResource(findingOf(call), account, place)
  const name = reportsOf(resource.kind).find((one) => nameOf(one) === root.name)
  if (!name) throw failed(403, 'D:supported-report', 'This report is not to be had here.')
  void reply.header('cache-control', 'no-cache')
  return reports[name](call, resource, root)
}
