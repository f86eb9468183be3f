import type { ListField } from './fields.ts'

type KnownLabel = {
  label: string
  /** The TYPE values that together mean the label. The first label whose types all occur counts. */
  types?: string[]
  /** The lists in which the label is also written as TYPE; in others it is an X-ABLabel. */
  lists?: readonly ListField[]
  /** Apple's own name: `X-ABLabel:_$!<Home>!$_`. */
  apple?: string
  /** What other programs write as X-ABLabel. */
  aliases?: string[]
  /** Whether our CSV files write it as Google does: `Home Fax`. */
  isInCsv?: true
}

const places = ['phones', 'emails', 'addresses', 'links', 'messengers'] as const
const phones = ['phones'] as const
const relations = ['relations'] as const

/**
 * The known labels, in lower case as contacts hold them, with their forms in cards (RFC 6350, 5.6;
 * X-ABLabel). Any other label is the user's own: it is kept as typed and written as X-ABLabel.
 */
export const knownLabels: readonly KnownLabel[] = [
  { label: 'work mobile', types: ['work', 'cell'], lists: phones, apple: 'WorkMobile' },
  {
    label: 'mobile',
    isInCsv: true,
    types: ['cell'],
    lists: phones,
    apple: 'Mobile',
    aliases: ['cell'],
  },
  {
    label: 'home fax',
    isInCsv: true,
    types: ['home', 'fax'],
    lists: phones,
    apple: 'HomeFAX',
    aliases: ['homefax'],
  },
  {
    label: 'work fax',
    isInCsv: true,
    types: ['work', 'fax'],
    lists: phones,
    apple: 'WorkFAX',
    aliases: ['workfax'],
  },
  { label: 'other fax', isInCsv: true, types: ['other', 'fax'], lists: phones, apple: 'OtherFAX' },
  { label: 'fax', types: ['fax'], lists: phones },
  { label: 'work pager', types: ['work', 'pager'], lists: phones },
  { label: 'pager', isInCsv: true, types: ['pager'], lists: phones, apple: 'Pager' },
  { label: 'main', isInCsv: true, types: ['main'], lists: phones, apple: 'Main' },
  { label: 'car', types: ['car'], lists: phones, apple: 'Car' },
  { label: 'home', isInCsv: true, types: ['home'], lists: places, apple: 'Home' },
  { label: 'work', isInCsv: true, types: ['work'], lists: places, apple: 'Work' },
  { label: 'school', isInCsv: true, types: ['school'], apple: 'School' },
  { label: 'other', isInCsv: true, types: ['other'], apple: 'Other' },
  { label: 'home page', isInCsv: true, apple: 'HomePage', aliases: ['homepage', 'home-page'] },
  { label: 'profile' },
  { label: 'blog' },
  { label: 'anniversary', isInCsv: true, apple: 'Anniversary' },
  { label: 'birthday', isInCsv: true },
  { label: 'spouse', isInCsv: true, types: ['spouse'], lists: relations, apple: 'Spouse' },
  { label: 'child', isInCsv: true, types: ['child'], lists: relations, apple: 'Child' },
  { label: 'parent', isInCsv: true, types: ['parent'], lists: relations, apple: 'Parent' },
  { label: 'sibling', types: ['sibling'], lists: relations, apple: 'Sibling' },
  { label: 'friend', isInCsv: true, types: ['friend'], lists: relations, apple: 'Friend' },
  { label: 'colleague', types: ['colleague'], lists: relations, apple: 'Colleague' },
  { label: 'neighbor', types: ['neighbor'], lists: relations, apple: 'Neighbor' },
  { label: 'emergency', types: ['emergency'], lists: relations, apple: 'Emergency' },
  { label: 'relative', isInCsv: true, types: ['kin'], lists: relations },
  { label: 'partner', isInCsv: true, apple: 'Partner' },
  { label: 'domestic partner', aliases: ['domestic_partner', 'domesticpartner'] },
  { label: 'mother', isInCsv: true, apple: 'Mother' },
  { label: 'father', isInCsv: true, apple: 'Father' },
  { label: 'son', apple: 'Son' },
  { label: 'daughter', apple: 'Daughter' },
  { label: 'brother', isInCsv: true, apple: 'Brother' },
  { label: 'sister', isInCsv: true, apple: 'Sister' },
  { label: 'manager', isInCsv: true, apple: 'Manager' },
  { label: 'assistant', isInCsv: true, apple: 'Assistant', aliases: ['assistantphone'] },
  { label: 'referred by', isInCsv: true, aliases: ['referred_by'] },
]

/** TYPE values that are no labels: they tell what a phone can do, for example. */
export const noiseTypes: ReadonlySet<string> = new Set(
  (
    'pref internet voice msg text textphone video iphone x400 dom intl postal parcel bbs modem ' +
    'isdn pcs jpeg contact'
  ).split(' '),
)
