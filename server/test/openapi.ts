import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import { apiFormats as formats } from '../src/api-formats.ts'
import type { Call } from './people.ts'

export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  examples?: unknown[]
  readOnly?: boolean
  additionalProperties?: boolean
}
export type Operation = {
  operationId: string
  summary: string
  description: string
  deprecated?: boolean
  tags: string[]
  security?: object[]
  parameters?: {
    name: string
    in: string
    required: boolean
    description?: string
    schema: Schema
  }[]
  requestBody?: { content: Content }
  responses: Record<string, Response>
}
type Response = {
  description: string
  headers?: Record<string, { schema: Schema; description?: string }>
  content?: Content
}
type Content = Record<
  string,
  { schema: Schema; example?: unknown; examples?: Record<string, { value: unknown }> }
>
type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: Record<'schemas', Record<string, Schema>> &
    Record<'responses' | 'parameters' | 'headers', Record<string, object>>
}

/** One call of the document; `name` is its method and path. */
export type DescribedCall = {
  name: string
  path: string
  method: Call['method']
  operation: Operation
}

export type OpenApi = {
  document: Document
  calls: DescribedCall[]
  /** Asserts that a value is what the schema says, and has nothing beyond it. */
  assertFits: (schema: Schema, value: unknown) => void
  /** What the docs page shows for a schema: its own example, or that of its parts. */
  exampleOf: (schema: Schema | undefined) => unknown
}

/** The document of a running server, ready to be compared with what the server does. */
export async function readOpenApi(server: Pick<FastifyInstance, 'inject'>): Promise<OpenApi> {
  const document: Document = (await server.inject('/openapi.json')).json()
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: {
      binary: true,
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
      ...Object.fromEntries(Object.entries(formats).map(([name, { isValid }]) => [name, isValid])),
    },
  }).addSchema(closed(document), 'document')

  function exampleOf(schema: Schema | undefined): unknown {
    if (schema?.$ref) return exampleOf(document.components.schemas[nameIn(schema.$ref)])
    if (schema?.examples) return schema.examples[0]
    if (schema?.anyOf) return exampleOf(schema.anyOf[0])
    if (schema?.format === 'uuid') return '01a20497-405b-7167-a9e2-939dbd06ad08'
    if (schema?.type === 'boolean') return true
    if (schema?.items) return [exampleOf(schema.items)]
    if (!schema?.properties) return undefined
    const members = Object.entries(schema.properties)
    return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member)]))
  }

  return {
    document,
    calls: Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([verb, operation]) => {
        const method = verb.toUpperCase() as Call['method']
        const name = `${method} ${path}`
        return { name, path, method, operation: resolved(operation, document) }
      }),
    ),
    assertFits(schema, value) {
      const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')
      const isValid = ajv.validate(JSON.parse(text), value)
      assert.ok(isValid, `${ajv.errorsText()} in ${JSON.stringify(value)}`)
    },
    exampleOf,
  }
}

/** The operation, in which shared parameters, answers and headers stand where they are referred to. */
function resolved(operation: Operation, { components }: Document): Operation {
  function find<Part extends object>(part: Part): Part {
    if (!('$ref' in part)) return part
    const [, , kind = '', name = ''] = String(part.$ref).split('/')
    const parts: Record<string, object> = components[kind as keyof Document['components']]
    return parts[name] as Part
  }
  const { parameters = [], responses } = operation
  return {
    ...operation,
    parameters: parameters.map(find),
    responses: mapped(responses, (part) => {
      const response = find(part)
      return { ...response, headers: mapped(response.headers ?? {}, find) }
    }),
  }
}

function mapped<Part>(parts: Record<string, Part>, change: (part: Part) => Part) {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, change(part)]))
}

/** The same document, in which no object may have members that are not described. */
function closed(document: Document): Document {
  const copy = structuredClone(document)
  for (const schema of Object.values(copy.components.schemas)) {
    if (schema.type === 'object') schema.additionalProperties = false
  }
  return copy
}

function nameIn(reference: string): string {
  return reference.split('/').at(-1) ?? ''
}
