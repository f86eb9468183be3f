import { vcardSentences } from '../../vcard/vcard-error.ts'

/**
 * Every code of a remark with its English sentence. Clients rely on the codes and on the names of the values: one
 * that was published keeps its meaning. A new one gets its row in API.md, and its texts in the web app's `remarks.json`.
 */
export const sentences = {
  // Of a vCard.
  not_a_card: () => vcardSentences.not_a_card,
  several_cards: () => vcardSentences.several_cards,
  card_too_large: () => vcardSentences.too_large,
  card_too_many_lines: () => vcardSentences.too_many_lines,
  card_too_many_parameters: () => vcardSentences.too_many_parameters,
  card_at_line_too_large: ({ line, mebibytes }: { line: number; mebibytes: number }) =>
    `The vCard at line ${line} is larger than ${mebibytes} MiB.`,
  card_at_line_too_many_lines: ({ line, max }: { line: number; max: number }) =>
    `The vCard at line ${line} has more than ${max} lines per MiB.`,
  card_nul_character: () => 'The vCard holds a NUL character, which no text has.',
  card_cut_off: () => 'The file ends in the middle of this vCard.',
  card_empty: () => 'The vCard is empty.',
  card_uid_too_long: ({ octets }: { octets: number }) =>
    `The UID of the vCard is longer than ${octets} octets.`,
  card_end_missing: () => 'END:VCARD is missing: something of the vCard may be, too.',
  card_end_not_alone: () =>
    'Something follows END:VCARD on the same line: it was read as what comes next.',
  line_not_read: ({ text }: { text: string }) =>
    `The line “${text}” is no property of a vCard, and was not read.`,
  text_outside_cards: ({ line }: { line: number }) =>
    `Line ${line} of the file, and what may follow it, belongs to no vCard.`,
  photo_made_smaller: () => 'The vCard is larger than 1 MiB: its photo was made smaller.',
  properties_left_out: ({ names }: { names: readonly string[] }) =>
    `The vCard is larger than 1 MiB: its ${names.join(', ')} was left out.`,
  photo_made_smaller_properties_left_out: ({ names }: { names: readonly string[] }) =>
    `The vCard is larger than 1 MiB: its photo was made smaller, and its ${names.join(', ')} was left out.`,

  // Of a row of a CSV file.
  row_broken_quotes: () =>
    'A quotation mark is not closed, or stands inside a quoted cell without being doubled.',
  row_too_large: () =>
    'The row is larger than 1 MiB, or has more than 16384 cells. It is not in the file of the ' +
    'failed entries.',
  row_unreadable_rest: () =>
    'From here on too many rows are broken: the rest of the file was not read. It is not in the ' +
    'file of the failed entries.',
  row_too_many_cells: () => 'The row has more cells than the file has columns.',
  row_nul_character: () => 'The row holds a NUL character, which no text has.',
  row_empty: () => 'The row holds no contact.',
  row_uid_too_long: ({ octets }: { octets: number }) =>
    `The Kith UID is longer than ${octets} octets.`,

  // Of a contact in an archive.
  not_a_contact: () => 'It is no contact.',
  contact_too_large: ({ mebibytes }: { mebibytes: number }) =>
    `The contact is larger than ${mebibytes} MiB.`,
  contact_too_deep: () => 'It is no contact: it is nested too deeply.',
  contact_not_utf8: () => 'The contact is not in UTF-8.',
  contact_empty: () => 'The contact is empty.',
  contact_fields_too_large: () => 'The fields of the contact are larger than 1 MiB.',
  contact_uid_too_long: ({ octets }: { octets: number }) =>
    `The UID is longer than ${octets} octets.`,
  field_not_valid: ({ field, problem }: { field: string; problem: string }) =>
    `${field}: ${problem}`,
  card_differs: () => 'Its fields and its card say different things: the card was taken.',
  members_unknown: ({ names, others }: { names: readonly string[]; others: number }) =>
    `It has members that mean nothing here: ${names.join(', ')}${others > 0 ? ', …' : ''}.`,
  archive_not_json: () => 'From here on, the file is no JSON.',
  archive_cut_off: () => 'The file ends before its end: something of it is missing.',

  // Of a group.
  group_without_name: () => 'The group has no name.',
  group_labelled: ({ label, contacts }: { label: string; contacts: number }) =>
    `A group: ${count(contacts, 'contact has', 'contacts have')} the label “${label}”.`,
  group_members_missing: ({ members }: { members: number }) =>
    `${count(members, 'member is', 'members are')} not among your contacts: ` +
    `${members === 1 ? 'it gets it when it comes' : 'they get it when they come'}.`,
  group_members_new: ({ members }: { members: number }) =>
    `${count(members, 'member is', 'members are')} among the new contacts of this file, or not known.`,

  // Of any contact.
  uid_repeated: () =>
    'An earlier entry of this file has the same UID but says something else, so this one became a ' +
    'contact of its own, with another UID.',
  uid_of_group: () => 'A group has the same UID, so this one became a contact with another UID.',
  labels_left_out: ({ names }: { names: readonly string[] }) =>
    `There are too many labels: it did not get ${names.join(', ')}.`,
  birthday_among_dates: ({ text }: { text: string }) =>
    `“${text}” is no birthday: it was kept among the other dates.`,

  // Of a whole file.
  nobody_named: () =>
    'No contact of the file has a name: see whether the names stand in a column that is not understood.',
  too_many_entries: ({ max }: { max: number }) =>
    `The file has more than ${max} entries. Split it, and import its parts.`,
  import_broken: () =>
    'Something went wrong on our side. It was noted; what was imported until then is there.',
} satisfies Record<string, (values: never) => string>

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
