type Fact = { name: string; label: string; params: string[]; rank: number; value: string }

/**
 * What a card states, read by nothing of the codec: the order of lines and parameters, the names of groups,
 * the case of types, and the spelling of dates and octets do not count, nor how far ranks are apart, nor
 * whether 3.0 has an anniversary under Apple's name.
 */
export function factsOf(card: string): string[] {
  const lines = card
    .replaceAll(/\r\n[ \t]/g, '')
    .trimEnd()
    .split('\r\n')
    .slice(2, -1)
  const labelOf = new Map<string, string>()
  for (const line of lines) {
    const [, group = '', label = ''] = /^([^.:]+)\.X-ABLabel:(.*)$/i.exec(line) ?? []
    if (label !== '') labelOf.set(group, label)
  }
  const facts = lines
    .filter((line) => !/^(?:(?:[^.:]+\.)?X-ABLabel|X-KITH-FORMER):/i.test(line))
    .map((line) => factOf(line, labelOf))
  for (const named of Map.groupBy(facts, ({ name }) => name).values()) {
    const ranks = [...new Set(named.map(({ rank }) => rank))].sort((a, b) => a - b)
    for (const fact of named) {
      fact.rank = fact.rank === Infinity ? Infinity : ranks.indexOf(fact.rank)
    }
  }
  return facts.map((fact) => JSON.stringify({ ...fact, rank: String(fact.rank) })).sort()
}

function factOf(line: string, labelOf: Map<string, string>): Fact {
  const [, group = '', name = '', header = '', text = ''] =
    /^(?:([\w-]+)\.)?([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^";:])*)*):(.*)$/.exec(line) ?? []
  const types: string[] = []
  const params: string[] = []
  let rank = Infinity
  for (const [, key = '', quoted = ''] of header.matchAll(/;([\w-]+)=((?:"[^"]*"|[^";])*)/g)) {
    const value = quoted.replaceAll('"', '')
    if (key === 'TYPE') types.push(...value.toLowerCase().split(','))
    else if (key === 'PREF') rank = Number(value)
    else if (key !== 'VALUE' || /^(?:text|uri)$/.test(value)) params.push(`${key}=${value}`)
  }
  if (types.includes('pref')) rank = 1
  const isPhone = name === 'TEL' && text.startsWith('tel:')
  const isAddress = /^(?:https?|ftp|data|cid|geo):/i.test(text)
  const value = isPhone ? text.slice(4).replace(';', '\\;') : text
  const known = params.filter((param) => param !== 'VALUE=uri' || !(isPhone || isAddress))
  const kinds = types.filter((type) => type !== 'pref')
  const label = group === '' ? '' : (labelOf.get(group) ?? '')
  const fact = { params: [...known, ...kinds].sort(), rank, value }
  return name === 'X-ABDATE' && label === '_$!<Anniversary>!$_'
    ? { name: 'ANNIVERSARY', label: '', ...fact }
    : { name: name.toUpperCase(), label, ...fact }
}
