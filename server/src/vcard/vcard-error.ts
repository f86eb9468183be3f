/** Why a card is refused. */
export type VcardReason =
  | 'not_a_card'
  | 'several_cards'
  | 'too_large'
  | 'too_many_lines'
  | 'too_many_parameters'

/** The only error of this folder: a stable reason and one English sentence. */
export class VcardError extends Error {
  override name = 'VcardError'
  readonly reason: VcardReason

  constructor(reason: VcardReason) {
    super(vcardSentences[reason])
    this.reason = reason
  }
}

export const maxCardBytes = 1024 * 1024
/** Of a card in a file: its photos may be made smaller, so that it fits. */
export const maxReadableBytes = 8 * maxCardBytes
export const maxLines = 4000
export const maxParameters = 64

export const vcardSentences: Record<VcardReason, string> = {
  not_a_card: 'There is no BEGIN:VCARD.',
  several_cards: 'There is more than one vCard.',
  too_large: 'The vCard is larger than 1 MiB.',
  too_many_lines: `The vCard has more than ${maxLines} lines.`,
  too_many_parameters: `A line of the vCard has more than ${maxParameters} parameters.`,
}
