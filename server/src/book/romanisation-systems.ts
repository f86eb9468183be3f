/** A way to write Cyrillic or Greek in Latin letters: sequences first, in this order, then letters. */
export type System = {
  sequences: readonly [RegExp, string][]
  letter: Readonly<Record<string, string>>
}

/** Letters with their spellings, in turn. */
export function pairs(text: string): Record<string, string> {
  return Object.fromEntries(text.matchAll(/(\S+)\s+(\S+)/g).map(([, one, other]) => [one, other]))
}

const cyrillic = {
  ...pairs(
    `а a  б b  в v  г g  ґ g  д d  е e  ё e  є ie  ж zh  з z  и i  і i  ї i  й i  к k  л l  м m
    н n  о o  п p  р r  с s  т t  у u  ф f  х kh  ц ts  ч ch  ш sh  щ shch  ы y  э e  ю iu  я ia`,
  ),
  ъ: '',
  ь: '',
  // Of Belarusian, Serbian, Macedonian and Kazakh.
  ...pairs(`ў u  ђ d  ј j  љ lj  њ nj  ћ c  џ dz  ѕ dz  ә a  ғ g  қ q  ң n  ө o  ұ u  ү u  һ h`),
}

const glides = { й: 'y', ю: 'yu', я: 'ya' }
const endingIy: [RegExp, string] = [/[иіы]й(?!\p{L})/gu, 'y']

/** The usual ones of Russian, Ukrainian and Serbian. */
export const cyrillicSystems: readonly System[] = [
  // Of Ukraine: Resolution 55 of the Cabinet of Ministers, 27 January 2010.
  {
    sequences: [
      [/зг/g, 'zgh'],
      [/(?<!\p{L})є/gu, 'ye'],
      [/(?<!\p{L})ї/gu, 'yi'],
      [/(?<!\p{L})й/gu, 'y'],
      [/(?<!\p{L})ю/gu, 'yu'],
      [/(?<!\p{L})я/gu, 'ya'],
    ],
    letter: { ...cyrillic, г: 'h', и: 'y' },
  },
  // Of Ukraine, as people write it: Zelensky, Yuliya.
  {
    sequences: [endingIy],
    letter: { ...cyrillic, ...glides, г: 'h', и: 'y', є: 'ye', ї: 'yi' },
  },
  // Of Russian passports: ICAO Doc 9303, part 3, section 6, table B.
  { sequences: [], letter: cyrillic },
  // Of Russian, as newspapers and maps write it, after BGN/PCGN 1947: Yevgeny, Alexey, Pyotr.
  {
    sequences: [[/(?<!\p{L})е/gu, 'ye'], [/кс/g, 'x'], endingIy],
    letter: { ...cyrillic, ...glides, ё: 'yo' },
  },
  // Of libraries (ISO/R 9:1968) and Serbian, without the carons: Ševčenko, Jurij.
  {
    sequences: [],
    letter: {
      ...cyrillic,
      ...pairs('є je  ж z  ї ji  й j  х h  ц c  ч c  ш s  щ sc  ю ju  я ja'),
    },
  },
  // Without a standard: Scherbakova, Hristo, Luba, Djokovic; also ü in names from elsewhere, Мюллер.
  {
    sequences: [[/(?<!\p{L})ю/gu, 'yu'], endingIy],
    letter: { ...cyrillic, ...glides, ю: 'u', х: 'h', щ: 'sch', ђ: 'dj', ћ: 'c' },
  },
]

const greek = pairs(
  `α a  β v  γ g  δ d  ε e  ζ z  η i  θ th  ι i  ϊ i  κ k  λ l  μ m  ν n  ξ x  ο o  π p  ρ r
  σ s  τ t  υ y  ϋ y  φ f  χ ch  ψ ps  ω o`,
)

const gammas: [RegExp, string][] = [
  [/γγ/g, 'ng'],
  [/γξ/g, 'nx'],
]
const voiceless = '(?=[θκξπστφχψ]|(?!\\p{L}))'
const diphthongs: [RegExp, string][] = [
  [/ου/g, 'ou'],
  [new RegExp(`αυ${voiceless}`, 'gu'), 'af'],
  [new RegExp(`ευ${voiceless}`, 'gu'), 'ef'],
  [new RegExp(`ηυ${voiceless}`, 'gu'), 'if'],
  [/αυ/g, 'av'],
  [/ευ/g, 'ev'],
  [/ηυ/g, 'iv'],
]

export const greekSystems: readonly System[] = [
  // Of passports and road signs: ELOT 743, which is ISO 843 type 2.
  {
    sequences: [...gammas, [/γχ/g, 'nch'], [/(?<!\p{L})μπ|μπ(?!\p{L})/gu, 'b'], ...diphthongs],
    letter: greek,
  },
  // As it sounds: Yannis, Bakoyannis, Mihalis, Dora for Ντόρα.
  {
    sequences: [
      ...gammas,
      [/μπ/g, 'b'],
      [/ντ/g, 'd'],
      [/γκ/g, 'g'],
      [/(?<!\p{L})γι(?=[αεο])/gu, 'y'],
      ...diphthongs,
      [/[εο]ι/g, 'i'],
      [/αι/g, 'e'],
    ],
    letter: { ...greek, υ: 'i', χ: 'h' },
  },
  // Of the ancients, which given names keep elsewhere: Philippos, Eudoxia, Barbara.
  {
    sequences: [...gammas, [/ου/g, 'ou'], [/([αεη])υ/g, '$1u']],
    letter: { ...greek, β: 'b', υ: 'y', φ: 'ph', η: 'e' },
  },
]
