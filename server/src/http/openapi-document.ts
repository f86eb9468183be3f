/** What the parts of an OpenAPI document have that is read or changed here. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  pattern?: string
  readOnly?: boolean
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  examples?: unknown[]
}
export type Content = Record<string, { schema?: Schema; example?: unknown; examples?: object }>
export type Response = {
  description: string
  headers?: Record<string, object>
  content?: Content
}
export type Parameter = { name: string; in: string; schema?: Schema }
export type Reference = { $ref: string }
export type Operation = {
  parameters?: (Parameter | Reference)[]
  requestBody?: { content?: Content }
  responses?: Record<string, Response | Reference>
}
export type Components = {
  schemas?: Record<string, Schema>
  responses?: Record<string, Response>
  parameters?: Record<string, Parameter>
  headers?: Record<string, object>
}
export type Document = {
  paths?: Record<string, Record<string, Operation>>
  components?: Components
}

/** Every operation with its path. */
export function operationsOf({ paths = {} }: Document): { path: string; operation: Operation }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.values(item).map((operation) => ({ path, operation })),
  )
}

export function isReference(part: object): part is Reference {
  return '$ref' in part
}
