// The letters outside of ASCII of languages, and how typical those of other scripts are: what guesses
// of a charset are judged by.

type Alphabet = { letters: string; weight: number }

const alphabet = (letters: string, weight = 1): Alphabet => ({
  letters: letters + letters.toUpperCase().replaceAll('SS', ''),
  weight,
})

/** Of Western Europe. */
export const western = [
  alphabet('äöüß'),
  alphabet('àâæçéèêëîïôœùûüÿ'),
  alphabet('áéíñóúü'),
  alphabet('àèéìíòóù'),
  alphabet('áâãàçéêíóôõúü'),
  alphabet('áéëíïóöüèê'),
  alphabet('åäöéü'),
  alphabet('æøåéüö'),
  alphabet('àçèéíïòóúü'),
  alphabet('äõöüšž', 0.9),
  alphabet('áðéíóúýþæö', 0.6),
]

/** Of Central Europe. */
export const central = [
  alphabet('äöüß', 0.99),
  alphabet('ąćęłńóśźż'),
  alphabet('áčďéěíňóřšťúůýžöü'),
  alphabet('áäčďéíĺľňóôŕšťúýž'),
  alphabet('áéíóöőúüű'),
  alphabet('ăâîşţéö', 0.9),
  alphabet('čćđšž'),
]

export const turkish: Alphabet[] = [{ letters: 'çğıöşüâîûÇĞİÖŞÜÂÎÛ', weight: 0.95 }]

/** How typical letters are, by lower-case letter: those of the first group are the most frequent. */
const frequencies = (...groups: string[]): Map<string, number> =>
  new Map(groups.flatMap((group, at) => Array.from(group, (letter) => [letter, 1.1 - 0.35 * at])))

export const cyrillic = frequencies('оеаинтсрвл', 'кмдпуяыьгзбійєї', 'чхжшюцщэфёґўъ', 'јљњћџђѓќѕ')
export const greek = frequencies('αοιετσςνηρ', 'υπκμλωγδόίάέήύώ', 'θχφβξζψϊϋΐΰ')
