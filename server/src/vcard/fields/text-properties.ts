import type { TextField } from '../../book/fields.ts'

type TextProperty = {
  name: string
  field: TextField
  /** Whether PREF or TYPE=pref says which of several lines is the first. */
  isRanked: boolean
}

/** The properties whose text is a field as it is. Of several lines the first counts. */
export const textProperties = [
  { name: 'X-PHONETIC-FIRST-NAME', field: 'phonetic_first_name', isRanked: false },
  { name: 'X-PHONETIC-MIDDLE-NAME', field: 'phonetic_middle_name', isRanked: false },
  { name: 'X-PHONETIC-LAST-NAME', field: 'phonetic_last_name', isRanked: false },
  { name: 'TITLE', field: 'job_title', isRanked: true },
] as const satisfies TextProperty[]

/** The fields that are the text of one property. All others are composed of several texts. */
export type PropertyField = (typeof textProperties)[number]['field']
