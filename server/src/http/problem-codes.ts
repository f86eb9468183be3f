import { errorCodes, type ErrorCode, type ErrorKind } from '../error-codes.ts'

/** The HTTP status of each kind of error. */
export const statusOf: Record<ErrorKind, number> = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  too_many: 429,
  upstream_failed: 502,
  unavailable: 503,
  upstream_silent: 504,
}

/** Codes of problems that are no error of the domain, below their status. */
const otherCodes = {
  431: { headers_too_large: 'The request headers are too large.' },
  500: { internal_error: 'Something went wrong on our side. It was noted.' },
} as const

type Other = typeof otherCodes

/** Every `code` of a problem document. */
export type ProblemCode = ErrorCode | { [Status in keyof Other]: keyof Other[Status] }[keyof Other]

type ListedCode = {
  status: number
  code: ProblemCode
  /** An example of the sentence in `detail`. */
  detail: string
}

/** Every code with its status, by status. */
export const problemCodes: readonly ListedCode[] = [
  ...Object.entries(errorCodes).flatMap(([kind, codes]) =>
    listed(statusOf[kind as ErrorKind], codes),
  ),
  ...Object.entries(otherCodes).flatMap(([status, codes]) => listed(Number(status), codes)),
].toSorted((a, b) => a.status - b.status)

function listed(status: number, codes: Record<string, string>): ListedCode[] {
  return Object.entries(codes).map(([code, detail]) => ({
    status,
    code: code as ProblemCode,
    detail,
  }))
}
