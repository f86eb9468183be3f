import type { ErrorCode } from '../../error-codes.ts'
import { AppError } from '../../errors.ts'
import { VcardError, type VcardReason } from '../../vcard/vcard-error.ts'
import { remark, type Remark, type RemarkCode, type ValuesOf } from './remark.ts'

/** Ends what cannot be imported, an entry or a whole file, with the remark that says why. */
export class Refused extends Error {
  override name = 'Refused'
  readonly remark: Remark

  constructor(given: Remark) {
    super(given.detail)
    this.remark = given
  }
}

export function refused<Code extends RemarkCode>(code: Code, ...values: ValuesOf<Code>): Refused {
  return new Refused(remark(code, ...values))
}

/** The codes of errors that may end an import, or fail a group. */
export const refusalCodes = [
  'csv_empty',
  'csv_not_recognised',
  'csv_too_wide',
  'file_damaged',
  'file_encrypted',
  'file_not_recognised',
  'too_large',
  'too_many_labels',
] as const satisfies ErrorCode[]

/** Why an entry or a file is refused; null for an error that is no refusal. */
export function refusalOf(error: unknown): Remark | null {
  if (error instanceof Refused) return error.remark
  if (error instanceof VcardError) return remark(codesOfCards[error.reason])
  if (!(error instanceof AppError)) return null
  // A card that becomes too large says how.
  if (error.cause instanceof VcardError) return refusalOf(error.cause)
  return { code: error.code, detail: error.message, values: {} }
}

const codesOfCards = {
  not_a_card: 'not_a_card',
  several_cards: 'several_cards',
  too_large: 'card_too_large',
  too_many_lines: 'card_too_many_lines',
  too_many_parameters: 'card_too_many_parameters',
} as const satisfies Record<VcardReason, RemarkCode>
