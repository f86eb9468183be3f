import { beards, cloths, hairColours, hairs, papers, skins, type Face, type Hair } from './face.ts'

/** The given names of the samples that are women's; all others may have a beard. */
const womensNames = new Set(
  (
    'Olivia Imogen Poppy Niamh Katharina Änne Mia-Sophie Ursula Chloé Gaëlle Noémie Anaïs María Lucía ' +
    'Inês Conceição Agnieszka Małgorzata Świętosława Åsa Ragnhild Þórunn Ingebjørg Ayşe Gülşah ' +
    'Ștefania Ágnes Олена Соломія Ґанна Ελένη Κατερίνα Φωτεινή さくら 美咲 秀英 미영 ليلى فاطمة ' +
    'נועה प्रिया Thảo Ngozi Björk Suharti Mamma Нана Madonna'
  ).split(' '),
)

const womensHairs: readonly Hair[] = ['bob', 'long', 'bun', 'ponytail', 'curly', 'afro', 'short']
const mensHairs: readonly Hair[] = hairs.slice(0, 4)
/** How many of the hair colours there are on dark skin: black to brown, and grey. */
const darkHairColours = [0, 1, 0, 1, 2, 6]

/** The face of somebody of a name: with the same number always the same. */
export function sampleFace(firstName: string | null, number: number): Face {
  const draw = drawerOf(number)
  const isWoman = womensNames.has(firstName ?? '')
  const skin = draw(skins.length)
  const isScarf = isWoman && draw(14) === 0
  const hair = isScarf ? 'scarf' : one(isWoman ? womensHairs : mensHairs, draw)
  return {
    paper: draw(papers.length),
    skin,
    hair,
    hairColour: skin > 2 ? one(darkHairColours, draw) : draw(hairColours.length),
    beard: isWoman || draw(2) === 0 ? 'none' : one(beards, draw),
    glasses: draw(4) === 0,
    clothes: draw(cloths.length),
    collar: draw(3) === 0,
  }
}

type Draw = (below: number) => number

function one<T>(choices: readonly T[], draw: Draw): T {
  return choices[draw(choices.length)] as T
}

/** A linear congruential generator (Numerical Recipes), whose high bits are even enough for pictures. */
function drawerOf(seed: number): Draw {
  let state = (seed * 2_654_435_761) >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 16) % below
  }
}
