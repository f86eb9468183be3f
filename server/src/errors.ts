/** The kinds of failure of the domain. Each protocol decides how to answer them. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'stale'
  | 'too_large'
  | 'unsupported'
  | 'too_many'
  | 'upstream_failed'
  | 'upstream_silent'
  | 'unavailable'

/** One field that was refused: an RFC 6901 pointer into the input, and one sentence about it. */
export type FieldError = { pointer: string; detail: string }

type Options = { errors?: FieldError[]; retryAfterSeconds?: number; cause?: unknown }

/** The one error the domain throws: a kind, a stable snake_case code, and one English sentence. */
export class AppError extends Error {
  override name = 'AppError'
  readonly kind: ErrorKind
  readonly code: string
  readonly errors: FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(kind: ErrorKind, code: string, detail: string, options: Options = {}) {
    super(detail, { cause: options.cause })
    this.kind = kind
    this.code = code
    this.errors = options.errors
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** A refused input: every field that is wrong, the first of them in the sentence too. */
export function invalidInput(errors: FieldError[]): AppError {
  const [first] = errors
  const where = first?.pointer ? `${first.pointer.slice(1)}: ` : ''
  const what = first ? `: ${where}${first.detail}` : '.'
  const detail = `The request is not valid${what}`
  return new AppError('invalid', 'validation_failed', detail, { errors })
}

/** A refused input with one wrong field, for rules that a schema cannot say. */
export function invalidField(pointer: string, detail: string): AppError {
  return invalidInput([{ pointer, detail }])
}
