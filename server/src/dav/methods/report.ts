import type { Head } from '../../changes/queries.ts'
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
import type { ReportCall } from '../reports/report-call.ts'
import { syncCollection } from '../reports/sync-collection.ts'
import type { Resource } from '../resource.ts'
import { findStoredProperties } from '../store.ts'
import type { XmlElement } from '../xml/element.ts'
import { nameOf } from '../xml/names.ts'

/** Answers a report that was asked of a resource. */
type Report = (call: ReportCall, resource: Resource, root: XmlElement) => ReturnType<Handler>

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
  const { services, account, reply } = call
  const [{ resource, head }, stored] = await Promise.all([
    findReady(call),
    findStoredProperties(services.database.read, account.userId),
  ])
  const name = reportsOf(resource.kind).find((one) => nameOf(one) === root.name)
  if (!name) throw failed(403, 'D:supported-report', 'This report is not to be had here.')
  void reply.header('cache-control', 'no-cache')
  return reports[name]({ ...call, stored, head }, resource, root)
}

/** The resource of the request, with all that is known of its book by then. */
async function findReady(call: Call): Promise<{ resource: Resource; head: Head | undefined }> {
  const { account, place } = call
  const head = place.kind === 'book' || place.kind === 'card' ? await prepareBook(call) : undefined
  return { resource: await findResource(findingOf(call), account, place, head), head }
}
