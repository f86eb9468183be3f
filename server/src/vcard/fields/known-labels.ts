/** The lists whose items have a label. Which labels are TYPE values depends on the list. */
export type LabelledList =
  | 'phones'
  | 'emails'
  | 'addresses'
  | 'links'
  | 'messengers'
  | 'dates'
  | 'relations'
  | 'custom_fields'

type KnownLabel = {
  label: string
  /** The TYPE values that together mean this label. The first label whose types all match counts. */
  types?: string[]
  /** The lists in which the label is written as TYPE; in others it is written as X-ABLabel. */
  lists?: readonly LabelledList[]
  /** Apple's name of the label: `X-ABLabel:_$!<Home>!$_`. */
  apple?: string
  /** Other spellings in X-ABLabel. */
  aliases?: string[]
}

const homeOrWorkLists = ['phones', 'emails', 'addresses', 'links', 'messengers'] as const
const phones = ['phones'] as const
const relations = ['relations'] as const

/**
 * The known labels of values, in lower case, and how cards write them (RFC 6350, 5.6; X-ABLabel). Any
 * other label is kept as typed and written as X-ABLabel.
 */
export const knownLabels: readonly KnownLabel[] = [
  { label: 'work mobile', types: ['work', 'cell'], lists: phones, apple: 'WorkMobile' },
  { label: 'mobile', types: ['cell'], lists: phones, apple: 'Mobile', aliases: ['cell'] },
  {
    label: 'home fax',
    types: ['home', 'fax'],
    lists: phones,
    apple: 'HomeFAX',
    aliases: ['homefax'],
  },
  {
    label: 'work fax',
    types: ['work', 'fax'],
    lists: phones,
    apple: 'WorkFAX',
    aliases: ['workfax'],
  },
  { label: 'other fax', types: ['other', 'fax'], lists: phones, apple: 'OtherFAX' },
  { label: 'fax', types: ['fax'], lists: phones },
  { label: 'work pager', types: ['work', 'pager'], lists: phones },
  { label: 'pager', types: ['pager'], lists: phones, apple: 'Pager' },
  { label: 'main', types: ['main'], lists: phones, apple: 'Main' },
  { label: 'car', types: ['car'], lists: phones, apple: 'Car' },
  { label: 'home', types: ['home'], lists: homeOrWorkLists, apple: 'Home' },
  { label: 'work', types: ['work'], lists: homeOrWorkLists, apple: 'Work' },
  { label: 'school', types: ['school'], apple: 'School' },
  { label: 'other', types: ['other'], apple: 'Other' },
  { label: 'home page', apple: 'HomePage', aliases: ['homepage', 'home-page'] },
  { label: 'profile' },
  { label: 'blog' },
  { label: 'anniversary', apple: 'Anniversary' },
  { label: 'birthday' },
  { label: 'spouse', types: ['spouse'], lists: relations, apple: 'Spouse' },
  { label: 'child', types: ['child'], lists: relations, apple: 'Child' },
  { label: 'parent', types: ['parent'], lists: relations, apple: 'Parent' },
  { label: 'sibling', types: ['sibling'], lists: relations, apple: 'Sibling' },
  { label: 'friend', types: ['friend'], lists: relations, apple: 'Friend' },
  { label: 'colleague', types: ['colleague'], lists: relations, apple: 'Colleague' },
  { label: 'neighbor', types: ['neighbor'], lists: relations, apple: 'Neighbor' },
  { label: 'emergency', types: ['emergency'], lists: relations, apple: 'Emergency' },
  { label: 'relative', types: ['kin'], lists: relations },
  { label: 'partner', apple: 'Partner' },
  { label: 'domestic partner', aliases: ['domestic_partner', 'domesticpartner'] },
  { label: 'mother', apple: 'Mother' },
  { label: 'father', apple: 'Father' },
  { label: 'son', apple: 'Son' },
  { label: 'daughter', apple: 'Daughter' },
  { label: 'brother', apple: 'Brother' },
  { label: 'sister', apple: 'Sister' },
  { label: 'manager', apple: 'Manager' },
  { label: 'assistant', apple: 'Assistant', aliases: ['assistantphone'] },
  { label: 'referred by', aliases: ['referred_by'] },
]

/** TYPE values that are no labels: they say what a phone can do, for example. */
export const nonLabelTypes: ReadonlySet<string> = new Set(
  (
    'pref internet voice msg text textphone video iphone x400 dom intl postal parcel bbs modem ' +
    'isdn pcs jpeg contact'
  ).split(' '),
)
