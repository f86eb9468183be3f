/** Finds all places of a text, in ascending order. */
export type Places = (wanted: string) => readonly number[]

// The texts of a search that is being typed, and of a second word beside it.
const maxKnown = 12

/**
 * Finds texts in a long one. A text that begins with one that was looked for before is looked for at the places of
 * that one alone: so does each further letter of a word that somebody types.
 */
export function createPlaces(whole: string): Places {
  const known = new Map<string, readonly number[]>()

  function find(wanted: string): readonly number[] {
    for (let length = wanted.length - 1; length > 0; length--) {
      const wider = known.get(wanted.slice(0, length))
      if (wider) return wider.filter((place) => hasAt(whole, place, wanted, length))
    }
    const places: number[] = []
    let place = whole.indexOf(wanted)
    while (place >= 0) {
      places.push(place)
      place = whole.indexOf(wanted, place + 1)
    }
    return places
  }

  return (wanted) => {
    const places = known.get(wanted) ?? find(wanted)
    // At the end of the map again.
    known.delete(wanted)
    known.set(wanted, places)
    const [oldest] = known.keys()
    if (known.size > maxKnown && oldest !== undefined) known.delete(oldest)
    return places
  }
}

/** Whether a text stands at a place, of which so many characters are known to do. */
function hasAt(whole: string, place: number, wanted: string, known: number): boolean {
  for (let at = known; at < wanted.length; at++) {
    if (whole.charCodeAt(place + at) !== wanted.charCodeAt(at)) return false
  }
  return true
}
