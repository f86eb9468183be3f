import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { FastifyInstance, FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { TSchema } from 'typebox'
import type { Format } from '../book/formats.ts'
import { invalidInput, type FieldError } from '../errors.ts'

/** The string formats that schemas may name, and what to tell a client that sent something else. */
export type Formats = Record<string, Format>

const maxReportedErrors = 20

/**
 * Validates with two Ajv instances: bodies as they are, and the rest (path, query, headers) from
 * text into numbers. Unknown members are refused in both, never removed.
 * @param shared the named schemas that routes refer to by `$ref`
 */
export function useValidation(app: FastifyInstance, shared: TSchema[], formats: Formats) {
  const options = {
    removeAdditional: false,
    useDefaults: true,
    allErrors: true,
    formats: testsOf(formats),
  } as const
  const bodies = new Ajv({ ...options, coerceTypes: false, schemas: shared })
  // Strict about numbers, Ajv would spare the Infinity that 400 digits become its maximum.
  const texts = new Ajv({ ...options, coerceTypes: true, strictNumbers: false, schemas: shared })

  const compile: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
    // Compiled when it is first needed: all of them would take a quarter of a start.
    let validate: ValidateFunction | undefined
    const isQuery = httpPart === 'querystring'
    const known = isQuery ? Object.keys((schema as Partial<ObjectSchema>).properties ?? {}) : []
    const optional = isQuery ? optionalMembers(schema) : []
    const integers = httpPart === 'body' ? [] : integerMembers(schema)
    return (data: unknown) => {
      const repeated = findRepeated(data as Record<string, unknown>, known)
      if (repeated.length > 0) return { error: invalidInput(repeated) }
      leaveOutEmpty(data as Record<string, unknown>, optional)
      const badText = findBadText(data)
      if (badText !== undefined) return { error: invalidInput([badText]) }
      refuseOddIntegers(data as Record<string, unknown>, integers)
      validate ??= (httpPart === 'body' ? bodies : texts).compile(schema)
      if (validate(data)) return { value: data }
      return { error: invalidInput(describe(validate.errors ?? [], formats)) }
    }
  }
  app.setValidatorCompiler(compile)
  app.setSchemaErrorFormatter((errors: FastifySchemaValidationError[]) =>
    invalidInput(describe(errors as ErrorObject[], formats)),
  )
}

/** Those that need not be sent, because they have a default or nothing stands for them. */
function optionalMembers(schema: TSchema): string[] {
  const { properties = {}, required = [] } = schema as Partial<ObjectSchema>
  return Object.entries(properties).flatMap(([name, member]) =>
    'default' in member || !required.includes(name) ? [name] : [],
  )
}

function integerMembers(schema: TSchema): string[] {
  const { properties = {} } = schema as Partial<ObjectSchema>
  return Object.entries(properties).flatMap(([name, member]) =>
    'type' in member && member.type === 'integer' ? [name] : [],
  )
}

/** Has Ajv refuse what it would take for an integer as JavaScript does, as `0x10` and `1e2`. */
function refuseOddIntegers(texts: Record<string, unknown>, names: string[]) {
  for (const name of names) {
    const text = texts[name]
    if (typeof text === 'string' && !/^-?\d+$/.test(text)) texts[name] = 'none'
  }
}

type ObjectSchema = { properties: Record<string, object>; required: string[] }

/** No parameter is a list, so that of one that comes twice nobody knows which is meant. */
function findRepeated(query: Record<string, unknown>, names: string[]): FieldError[] {
  const repeated = names.filter((name) => Array.isArray(query[name]))
  return repeated.map((name) => ({ pointer: `/${name}`, detail: 'is given twice.' }))
}

/** A form that is sent names all its fields: `?first_name=&sort=` asks for nothing. */
function leaveOutEmpty(query: Record<string, unknown>, names: string[]) {
  for (const name of names) if (query[name] === '') delete query[name]
}

/**
 * Makes a function that finds what a schema refuses in a value, except where `isForgiven` accepts the
 * pointer.
 * @param shared the named schemas that it refers to by `$ref`
 */
export function checkerOf(schema: TSchema, formats: Formats, shared: TSchema[] = []) {
  let validate: ValidateFunction | undefined
  return (value: unknown, isForgiven: (pointer: string) => boolean): FieldError[] => {
    // Compiled when it is first needed: it takes some ten milliseconds of a start.
    validate ??= new Ajv({ allErrors: true, formats: testsOf(formats), schemas: shared }).compile(
      schema,
    )
    if (validate(value)) return []
    const errors = validate.errors ?? []
    return describe(
      errors.filter(({ instancePath }) => !isForgiven(instancePath)),
      formats,
    )
  }
}

/** PostgreSQL stores no NUL, and a lone surrogate is no Unicode: both would be lost or fail late. */
export function findBadText(value: unknown): FieldError | undefined {
  if (typeof value === 'string') {
    const isBad = value.includes('\0') || !value.isWellFormed()
    return isBad ? { pointer: '', detail: 'contains characters that cannot be stored.' } : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const members = value as Record<string, unknown>
  for (const key of Object.keys(members)) {
    const found = findBadText(members[key])
    // Nearly always nothing is found, so that pointers are only made on the way back.
    if (found) return { ...found, pointer: `/${escapePointer(key)}${found.pointer}` }
  }
  return undefined
}

/** Ajv's findings as pointers (RFC 6901) and sentences, each field once. */
function describe(errors: ErrorObject[], formats: Formats): FieldError[] {
  const byPointer = new Map<string, string>()
  for (const error of errors) {
    // The part of a condition that is not met has an error of its own.
    if (error.keyword === 'if') continue
    const { instancePath, params } = error
    const member = params['missingProperty'] ?? params['additionalProperty']
    const pointer =
      typeof member === 'string' ? `${instancePath}/${escapePointer(member)}` : instancePath
    if (!byPointer.has(pointer)) byPointer.set(pointer, sentenceFor(error, formats))
    if (byPointer.size >= maxReportedErrors) break
  }
  return [...byPointer].map(([pointer, detail]) => ({ pointer, detail }))
}

function sentenceFor({ keyword, params, message }: ErrorObject, formats: Formats): string {
  const limit = params['limit']
  switch (keyword) {
    case 'required':
      return 'is required.'
    case 'additionalProperties':
      return 'is not known here.'
    case 'type':
      return `must be ${[params['type']].flat().join(' or ')}.`
    case 'enum':
      return `must be one of ${params['allowedValues'].map(String).join(', ')}.`
    case 'minLength':
      return limit === 1 ? 'must not be empty.' : `must have at least ${limit} characters.`
    case 'maxLength':
      return `must have at most ${limit} characters.`
    case 'minItems':
      return limit === 1 ? 'must not be empty.' : `must have at least ${limit} members.`
    case 'maxItems':
      return `must have at most ${limit} members.`
    case 'uniqueItems':
      return 'must not have a member twice.'
    case 'minimum':
      return `must be ${limit} or more.`
    case 'maximum':
      return `must be ${limit} or less.`
    case 'false schema':
      return 'must not be sent together with another name of it.'
    case 'format':
      return formats[params['format']]?.refusal ?? 'is not valid.'
    default:
      return `${message ?? 'is not valid'}.`
  }
}

function testsOf(formats: Formats) {
  return Object.fromEntries(Object.entries(formats).map(([name, { isValid }]) => [name, isValid]))
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 200)
}
