import {
  isReference,
  operationsOf,
  type Content,
  type Document,
  type Schema,
} from './openapi-document.ts'

/** Shows a whole example, put together from those of its members, wherever JSON has none of its own. */
export function addExamples(document: Document): void {
  const named = document.components?.schemas ?? {}
  for (const { operation } of operationsOf(document)) {
    const { requestBody, responses = {} } = operation
    addExample(requestBody?.content, named, { isSent: true })
    for (const response of Object.values(responses)) {
      if (!isReference(response)) addExample(response.content, named, { isSent: false })
    }
  }
}

type Direction = { isSent: boolean }

function addExample(content: Content = {}, named: Record<string, Schema>, direction: Direction) {
  for (const [type, media] of Object.entries(content)) {
    const hasOne = media.example !== undefined || media.examples !== undefined
    if (!type.includes('json') || !media.schema || hasOne) continue
    media.example = exampleOf(media.schema, named, direction)
  }
}

/** Of what is sent, without the members that only answers need. */
function exampleOf(schema: Schema, named: Record<string, Schema>, direction: Direction): unknown {
  const { $ref, anyOf, items, properties } = schema
  if (schema.examples) return schema.examples[0]
  if ($ref) return exampleOf(named[$ref.split('/').at(-1) ?? ''] ?? {}, named, direction)
  if (anyOf?.[0]) return exampleOf(anyOf[0], named, direction)
  if (schema.format === 'uuid') return '01a20497-405b-7167-a9e2-939dbd06ad08'
  if (items) return [exampleOf(items, named, direction)]
  if (schema.type === 'boolean') return true
  if (!properties) return null
  const members = Object.entries(properties).filter(
    ([, { readOnly }]) => !(direction.isSent && readOnly),
  )
  return Object.fromEntries(
    members.map(([name, member]) => [name, exampleOf(member, named, direction)]),
  )
}
