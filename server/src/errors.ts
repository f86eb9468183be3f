import type { CodeOf, ErrorCode, ErrorKind } from './error-codes.ts'

/** One field that was refused: an RFC 6901 pointer into the input, and one sentence about it. */
export type FieldError = { pointer: string; detail: string }

type Options = { errors?: FieldError[]; retryAfterSeconds?: number; cause?: unknown }

/** What an error is made of: each kind has codes of its own. */
type Parts = {
  [Kind in ErrorKind]: [kind: Kind, code: CodeOf<Kind>, detail: string, options?: Options]
}[ErrorKind]

/** The one error the domain throws: a kind, a stable snake_case code, and one English sentence. */
export class AppError extends Error {
  override name = 'AppError'
  readonly kind: ErrorKind
  readonly code: ErrorCode
  readonly errors: FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(...[kind, code, detail, options = {}]: Parts) {
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
