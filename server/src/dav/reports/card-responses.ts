import type { MadeFile } from '../../contacts/store/card-files.ts'
import { viewsOf, type Call } from '../call.ts'
import {
  addressDataName,
  partOfCard,
  readAddressData,
  type AddressData,
} from '../cards/address-data.ts'
import { servedCard } from '../cards/served-card.ts'
import { asksContentLength } from '../cards/with-content-lengths.ts'
import { nameResponse, propertyResponse } from '../multistatus.ts'
import { mayBeStored, readWanted, wantedNames, type Wanted } from '../propfind-request.ts'
import { isMinimalAsked } from '../read-request.ts'
import type { CardResource } from '../resource.ts'
import { findStoredProperties, noStored } from '../store.ts'
import type { XmlElement } from '../xml/element.ts'
import { element, text, type Xml } from '../xml/write-xml.ts'

/** Describes a card as a report asks for it; its row is needed only where its text is. */
export type DescribeCard = (resource: CardResource, row?: MadeFile) => Xml

export type CardReport = {
  describe: DescribeCard
  /** Whether the texts of cards are asked for, or their lengths. */
  needsCards: boolean
}

const nothingWanted: Wanted = { kind: 'named', names: [] }

/** Reads what a report asks of each card. @throws {DavError} 400, 403 */
export async function readCardReport(call: Call, root: XmlElement): Promise<CardReport> {
  const { services, account, request } = call
  const wanted = readWanted(root) ?? nothingWanted
  const data = readAddressData(root)
  const isMinimal = isMinimalAsked(request)
  const stored = mayBeStored(wanted, [addressDataName])
    ? await findStoredProperties(services.database.read, account.userId)
    : noStored
  const viewOf = viewsOf(call, stored)
  return {
    needsCards: data !== undefined || asksContentLength(wanted),
    describe(resource, row) {
      const view = viewOf(resource)
      const names = wantedNames(wanted, resource, view)
      if (wanted.kind === 'names') return nameResponse(resource, names)
      const special = new Map(
        data && row ? [[addressDataName, dataElement(row, data)] as const] : [],
      )
      return propertyResponse(resource, { names, isMinimal }, view, special)
    },
  }
}

function dataElement(row: MadeFile, data: AddressData): Xml {
  return element('C:address-data', text(partOfCard(servedCard(row, data.version), data)))
}
