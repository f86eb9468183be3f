type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  examples?: unknown[]
}
type Content = Record<string, { schema?: Schema; example?: unknown; examples?: object }>
type Operation = {
  requestBody?: { content?: Content }
  responses?: Record<string, { content?: Content }>
}
type Document = {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

/** Shows a whole example, put together from those of its members, wherever JSON has none of its own. */
export function withExamples<T extends object>(document: T): T {
  const { paths = {}, components = {} } = document as Document
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    const { requestBody, responses = {} } = operation
    for (const { content = {} } of [requestBody ?? {}, ...Object.values(responses)]) {
      for (const [type, media] of Object.entries(content)) {
        const hasOne = media.example !== undefined || media.examples !== undefined
        if (!type.includes('json') || !media.schema || hasOne) continue
        media.example = exampleOf(media.schema, components.schemas ?? {})
      }
    }
  }
  return document
}

function exampleOf(schema: Schema, named: Record<string, Schema>): unknown {
  if (schema.examples) return schema.examples[0]
  if (schema.$ref) return exampleOf(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, named)
  if (schema.format === 'uuid') return '01a20497-405b-7167-a9e2-939dbd06ad08'
  if (schema.items) return [exampleOf(schema.items, named)]
  if (schema.type === 'boolean') return true
  if (!schema.properties) return null
  const members = Object.entries(schema.properties)
  return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member, named)]))
}
