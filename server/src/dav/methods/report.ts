import type { Handler, Call } from '../call.ts'
import { failed } from '../dav-error.ts'
import { findTarget, readyResource } from '../find-resource.ts'
import { reportsOf, type ReportName } from '../properties/reports.ts'
import { requiredXmlOf } from '../read-request.ts'
import { nameInFull } from '../reply.ts'
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
import type { Resource, Target } from '../resource.ts'
import { findStoredProperties } from '../store.ts'
import type { XmlElement } from '../xml/element.ts'
import { nameOf } from '../xml/names.ts'

/** Answers a report that was asked of what is at the place of the request. */
type Report = (call: Call, target: Target, root: XmlElement) => ReturnType<Handler>

/** A report that looks at any property of a resource. */
function described(
  answer: (call: ReportCall, resource: Resource, root: XmlElement) => ReturnType<Handler>,
): Report {
  return async (call, target, root) => {
    const [resource, stored] = await Promise.all([
      readyResource(call, target),
      findStoredProperties(call.services.database.read, call.account.userId),
    ])
    return answer({ ...call, stored }, resource, root)
  }
}

const reports: Record<ReportName, Report> = {
  'C:addressbook-multiget': addressbookMultiget,
  'C:addressbook-query': addressbookQuery,
  'D:sync-collection': syncCollection,
  'D:expand-property': described(expandProperty),
  'D:acl-principal-prop-set': described(aclPrincipalPropSet),
  'D:principal-match': described(principalMatch),
  'D:principal-property-search': described(principalPropertySearch),
  'D:principal-search-property-set': described(principalSearchPropertySet),
}

/** REPORT (RFC 3253, 3.6). */
export const report: Handler = async (call) => {
  const root = requiredXmlOf(call.request)
  const target = await findTarget(call)
  const name = reportsOf(target.kind).find((one) => nameOf(one) === root.name)
  if (!name) throw failed(403, 'D:supported-report', 'This report is not to be had here.')
  nameInFull(call, target.href)
  void call.reply.header('cache-control', 'no-cache')
  return reports[name](call, target, root)
}
