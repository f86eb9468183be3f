/** What a drawn face looks like: each is the place of a choice in its list. */
export type Face = {
  paper: number
  skin: number
  hair: Hair
  hairColour: number
  beard: Beard
  glasses: boolean
  clothes: number
  collar: boolean
}

export const hairs = [
  'short',
  'parted',
  'curly',
  'bald',
  'bob',
  'long',
  'bun',
  'ponytail',
  'afro',
  'scarf',
] as const
export type Hair = (typeof hairs)[number]
export const beards = ['none', 'stubble', 'full', 'moustache'] as const
export type Beard = (typeof beards)[number]

export const papers = ['#f3d9d2', '#f1dfbf', '#dfe8cf', '#cfe6df', '#cfe0ee', '#dcd9f0', '#eed6e6']
export const skins = [
  { tone: '#f6d3bd', shade: '#e3b399', blush: '#ef9f8d' },
  { tone: '#efc0a0', shade: '#d99f7c', blush: '#e58a74' },
  { tone: '#dca57d', shade: '#bf855c', blush: '#cc7358' },
  { tone: '#bb7f57', shade: '#9a6340', blush: '#a9543c' },
  { tone: '#8d5a3c', shade: '#70442b', blush: '#7e3b2b' },
  { tone: '#5f3c2a', shade: '#472b1d', blush: '#5c2a20' },
]
export const hairColours = [
  '#1d1a1a',
  '#3a2820',
  '#5d3d28',
  '#8a5a33',
  '#b5522b',
  '#d8ad63',
  '#9b9894',
  '#dcd8d2',
]
export const cloths = [
  '#17614b',
  '#36507f',
  '#8a3b4b',
  '#c0873a',
  '#4b4f58',
  '#6a4a86',
  '#2f7480',
  '#b85c3c',
]

/** A friendly head and shoulders, as SVG of 240 by 240. */
export function drawFace(face: Face): string {
  const skin = of(skins, face.skin)
  const hair = of(hairColours, face.hairColour)
  const cloth = of(cloths, face.clothes)
  const parts = [
    `<rect width="240" height="240" fill="${of(papers, face.paper)}"/>`,
    backHair(face.hair, face.hair === 'scarf' ? cloth : hair),
    shoulders(face, cloth, skin),
    head(face.hair, skin),
    features(skin, hair),
    beard(face.beard, hair),
    frontHair(face.hair, face.hair === 'scarf' ? cloth : hair),
    face.glasses ? glasses : '',
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">${parts.join('')}</svg>`
}

type Skin = (typeof skins)[number]

function shoulders({ collar, hair }: Face, cloth: string, { tone, shade }: Skin): string {
  const body = `<path d="M24 240c2-44 34-58 72-62h48c38 4 70 18 72 62z" fill="${cloth}"/>`
  if (hair === 'scarf') return body
  const neck =
    `<path d="M98 140h44v42c0 14-44 14-44 0z" fill="${tone}"/>` +
    `<path d="M98 150c12 16 32 16 44 0v14c-14 14-30 14-44 0z" fill="${shade}"/>`
  const lapels =
    '<path d="M94 177l26 24-18 17-20-36zM146 177l-26 24 18 17 20-36z" fill="#ffffff" fill-opacity="0.9"/>'
  const neckline =
    '<path d="M92 178c8 26 48 26 56 0" fill="none" stroke="#00000026" stroke-width="5"/>'
  return body + neck + (collar ? lapels : neckline)
}

function head(hair: Hair, { tone, shade }: Skin): string {
  const ears =
    `<ellipse cx="75" cy="116" rx="9" ry="13" fill="${tone}"/>` +
    `<ellipse cx="165" cy="116" rx="9" ry="13" fill="${tone}"/>` +
    `<path d="M72 112c5 0 6 6 3 10M168 112c-5 0-6 6-3 10" fill="none" stroke="${shade}" stroke-width="2.5" stroke-linecap="round"/>`
  const face = `<path d="M76 104c0-34 18-54 44-54s44 20 44 54c0 36-20 62-44 62s-44-26-44-62z" fill="${tone}"/>`
  return (hair === 'scarf' ? '' : ears) + face
}

function features({ shade, blush }: Skin, hair: string): string {
  return (
    `<circle cx="93" cy="131" r="9" fill="${blush}" fill-opacity="0.35"/>` +
    `<circle cx="147" cy="131" r="9" fill="${blush}" fill-opacity="0.35"/>` +
    '<ellipse cx="103" cy="112" rx="4.6" ry="5.4" fill="#23201e"/><ellipse cx="137" cy="112" rx="4.6" ry="5.4" fill="#23201e"/>' +
    '<circle cx="104.6" cy="110" r="1.5" fill="#fff"/><circle cx="138.6" cy="110" r="1.5" fill="#fff"/>' +
    `<path d="M93 99c5-5 13-6 18-2M129 97c5-4 13-3 18 2" fill="none" stroke="${hair}" stroke-width="4" stroke-linecap="round"/>` +
    `<path d="M120 113c-1 8-6 13-5 16 1 2 7 2 9 0" fill="none" stroke="${shade}" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/>` +
    '<path d="M105 142c8 9 22 9 30 0" fill="none" stroke="#7c2f2b" stroke-width="3.6" stroke-linecap="round"/>'
  )
}

function beard(kind: Beard, hair: string): string {
  const jaw =
    'M77 112c2 34 20 58 43 58s41-24 43-58c-5 14-10 20-18 21-10-4-40-4-50 0-8-1-13-7-18-21zM106 142c8 8 20 8 28 0 1 6-6 11-14 11s-15-5-14-11z'
  const lip = 'M120 135c-8-5-20-1-24 8 10 1 18-1 24-4 6 3 14 5 24 4-4-9-16-13-24-8z'
  if (kind === 'stubble')
    return `<path d="${jaw}" fill="${hair}" fill-opacity="0.28" fill-rule="evenodd"/>`
  if (kind === 'full') return `<path d="${jaw}" fill="${hair}" fill-rule="evenodd"/>`
  if (kind === 'moustache') return `<path d="${lip}" fill="${hair}"/>`
  return ''
}

function backHair(kind: Hair, colour: string): string {
  const shape = {
    short: '',
    parted: '',
    curly: '',
    bald: '',
    bob: 'M64 108c-2-44 22-68 56-68s58 24 56 68c0 22 2 34 6 44-16 8-108 8-124 0 4-10 6-22 6-44z',
    long: 'M62 108c-2-46 24-70 58-70s60 24 58 70c0 38 8 66 12 94-20 10-120 10-140 0 4-28 12-56 12-94z',
    bun: 'M120 6a24 24 0 1 1 0 48 24 24 0 0 1 0-48zM68 110c-4-42 20-66 52-66s56 24 52 66z',
    ponytail:
      'M150 44c36 2 50 34 44 70-3 20 2 36 8 48-22 2-36-12-38-34zM68 110c-4-42 20-66 52-66s56 24 52 66z',
    afro: 'M120 14c46 0 78 34 76 78-1 34-24 58-40 62H84c-16-4-39-28-40-62-2-44 30-78 76-78z',
    scarf: 'M120 30c44 0 66 34 64 76-1 32 6 60 18 86H38c12-26 19-54 18-86-2-42 20-76 64-76z',
  }[kind]
  return shape && `<path d="${shape}" fill="${colour}"/>`
}

function frontHair(kind: Hair, colour: string): string {
  const shape = {
    short:
      'M72 106c-8-42 16-70 50-68 32 1 54 28 46 68-4-14-8-24-14-32-18 8-46 8-66-2-8 8-12 20-16 34z',
    parted:
      'M70 110c-8-46 16-74 52-72 34 1 54 28 48 72-4-18-10-28-16-34-24 2-42-6-54-20 2 16-22 26-30 54z',
    curly:
      'M74 104c-12-4-14-20-5-27-6-13 5-26 17-25 3-14 20-18 29-9 9-9 26-7 30 5 14-3 25 9 20 22 11 6 11 24-1 31-2-10-5-17-10-22-10 4-17 1-22-5-8 7-18 7-25 0-7 6-17 7-24 3-5 6-8 15-9 27z',
    bald: '',
    bob: 'M74 112c-6-40 14-64 46-64s52 24 46 64c-6-20-14-30-22-36-26 6-44 0-52-6-8 10-14 22-18 42z',
    long: 'M74 116c-8-44 12-70 46-70s54 26 46 70c-4-24-18-42-44-50-28 8-44 26-48 50z',
    bun: 'M74 108c-8-42 14-64 46-64s54 22 46 64c-6-24-22-38-46-38s-40 14-46 38z',
    ponytail:
      'M74 108c-8-42 14-64 46-64s54 22 46 64c-8-22-14-30-22-36-18 10-38 8-52 2-8 8-14 18-18 34z',
    afro: 'M75 104c-7-38 13-62 45-62s52 24 45 62c-6-20-21-28-45-28s-39 8-45 28z',
    scarf:
      'M74 116c-6-44 12-70 46-70s52 26 46 70c2-30-14-56-46-56s-48 26-46 56zM76 118c2 30 22 50 44 50s42-20 44-50c4 40-6 66-10 80-18 8-50 8-68 0-4-14-14-40-10-80z',
  }[kind]
  return shape && `<path d="${shape}" fill="${colour}"/>`
}

const glasses =
  '<g fill="#ffffff2e" stroke="#2c2a28" stroke-width="3.4"><circle cx="103" cy="113" r="14.5"/><circle cx="137" cy="113" r="14.5"/>' +
  '<path d="M117.500 111c2-2 3-2 5 0M88.500 110l-11-3M151.500 110l11-3" fill="none" stroke-linecap="round"/></g>'

function of<T>(choices: readonly T[], at: number): T {
  return choices[at % choices.length] as T
}
