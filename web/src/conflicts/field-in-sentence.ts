import { text, type Message } from '../strings/text.ts'
import type { Contact } from '../worker/calls.ts'

const inSentences: Partial<Record<keyof Contact, Message>> = {
  prefix: 'conflicts.field.prefix',
  first_name: 'conflicts.field.first_name',
  middle_name: 'conflicts.field.middle_name',
  last_name: 'conflicts.field.last_name',
  suffix: 'conflicts.field.suffix',
  phonetic_first_name: 'conflicts.field.phonetic',
  phonetic_middle_name: 'conflicts.field.phonetic',
  phonetic_last_name: 'conflicts.field.phonetic',
  nickname: 'conflicts.field.nickname',
  company: 'conflicts.field.company',
  department: 'conflicts.field.department',
  job_title: 'conflicts.field.job_title',
  birthday: 'conflicts.field.birthday',
  additional_data: 'conflicts.field.additional_data',
  email: 'conflicts.field.emails',
  emails: 'conflicts.field.emails',
  phone: 'conflicts.field.phones',
  phones: 'conflicts.field.phones',
  addresses: 'conflicts.field.addresses',
  links: 'conflicts.field.links',
  messengers: 'conflicts.field.messengers',
  dates: 'conflicts.field.dates',
  relations: 'conflicts.field.relations',
  custom_fields: 'conflicts.field.custom_fields',
  label_ids: 'conflicts.field.label_ids',
}

/** A field as it stands in “the phone of Zoë”. */
export const fieldInSentence = (field: keyof Contact) =>
  text(inSentences[field] ?? 'sync.field.other')
