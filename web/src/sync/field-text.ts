import { text, type Message } from '../strings/text.ts'
import type { Contact } from '../worker/calls.ts'

/** Fields by the names that they have in the form. */
const names: Record<string, Message | undefined> = {
  prefix: 'editing.prefix',
  first_name: 'editing.firstName',
  middle_name: 'editing.middleName',
  last_name: 'editing.lastName',
  suffix: 'editing.suffix',
  phonetic_first_name: 'editing.phoneticFirst',
  phonetic_middle_name: 'editing.phoneticMiddle',
  phonetic_last_name: 'editing.phoneticLast',
  nickname: 'editing.nickname',
  company: 'editing.company',
  department: 'editing.department',
  job_title: 'editing.jobTitle',
  birthday: 'editing.birthday',
  additional_data: 'editing.notes',
  email: 'editing.email',
  phone: 'editing.phone',
  emails: 'editing.emails',
  phones: 'editing.phones',
  addresses: 'editing.addresses',
  links: 'editing.links',
  messengers: 'editing.messengers',
  dates: 'editing.dates',
  relations: 'editing.relations',
  custom_fields: 'editing.ownFields',
  label_ids: 'editing.labels',
  labels: 'editing.labels',
}

/** A field as it is named in the form. */
export const fieldName = (field: string) => text(names[field] ?? 'sync.field.other')

const inSentences: Partial<Record<keyof Contact, Message>> = {
  prefix: 'sync.field.prefix',
  first_name: 'sync.field.first_name',
  middle_name: 'sync.field.middle_name',
  last_name: 'sync.field.last_name',
  suffix: 'sync.field.suffix',
  phonetic_first_name: 'sync.field.phonetic',
  phonetic_middle_name: 'sync.field.phonetic',
  phonetic_last_name: 'sync.field.phonetic',
  nickname: 'sync.field.nickname',
  company: 'sync.field.company',
  department: 'sync.field.department',
  job_title: 'sync.field.job_title',
  birthday: 'sync.field.birthday',
  additional_data: 'sync.field.additional_data',
  email: 'sync.field.emails',
  emails: 'sync.field.emails',
  phone: 'sync.field.phones',
  phones: 'sync.field.phones',
  addresses: 'sync.field.addresses',
  links: 'sync.field.links',
  messengers: 'sync.field.messengers',
  dates: 'sync.field.dates',
  relations: 'sync.field.relations',
  custom_fields: 'sync.field.custom_fields',
  label_ids: 'sync.field.label_ids',
}

/** A field as it stands in “the phone of Zoë”. */
export const fieldInSentence = (field: keyof Contact) =>
  text(inSentences[field] ?? 'sync.field.other')
