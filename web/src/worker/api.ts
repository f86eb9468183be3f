import type { ApiAnswer, ApiCall, User } from './calls.ts'

/** The server could not be reached. */
export class Unreachable extends Error {}

/** The server answered with an error. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  /** Seconds, where the server says when to come again. */
  readonly retryAfter: number | null

  constructor(status: number, code: string, detail: string, retryAfter: number | null) {
    super(`${status} ${code}`)
    this.status = status
    this.code = code
    this.detail = detail
    this.retryAfter = retryAfter
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Refused ? error.code : 'internal_error'
}

export type BrowserSession = { access_token: string; expires_in: number; user: User }

/** Gives the access token, another one than `refused` where the server did not take that. */
export type TokenSource = (refused?: string) => Promise<string>

export type Api = {
  /** @throws Unreachable, Refused with any status but 2xx */
  request: (path: string, init?: RequestInit) => Promise<Response>
  /** Answers whatever the status is. */
  call: (call: ApiCall) => Promise<ApiAnswer>
}

/** Calls as the logged-in user. */
export function createApi(tokens: TokenSource): Api {
  async function authorized(path: string, init: RequestInit = {}): Promise<Response> {
    const token = await tokens()
    const response = await send(path, withToken(init, token))
    if (response.status !== 401) return response
    return send(path, withToken(init, await tokens(token)))
  }

  return {
    async request(path, init) {
      const response = await authorized(path, init)
      if (!response.ok) throw await refusalOf(response)
      return response
    },
    async call(call) {
      try {
        const response = await authorized(call.path, initOf(call))
        const headers = Object.fromEntries(response.headers)
        return { status: response.status, body: await bodyOf(response, call), headers }
      } catch (error) {
        if (error instanceof Refused) {
          const { status, code, detail } = error
          return { status, body: { status, code, detail }, headers: {} }
        }
        return { status: 0, body: null, headers: {} }
      }
    },
  }
}

// Cookie routes are for our own pages only.
const fromOwnPage: RequestInit = { method: 'POST', headers: { 'x-kith': '1' } }

/**
 * Goes on with the session of the cookies.
 * @throws Refused `session_ended` or `session_expired` without a session
 */
export async function refreshSession(): Promise<BrowserSession> {
  const response = await send('/api/auth/browser/refresh', fromOwnPage)
  if (!response.ok) throw await refusalOf(response)
  return (await response.json()) as BrowserSession
}

/** @throws Unreachable */
export async function endSession(everywhere: boolean): Promise<void> {
  const response = await send(`/api/auth/browser/logout?all=${everywhere}`, fromOwnPage)
  if (!response.ok) throw await refusalOf(response)
}

async function send(path: string, init: RequestInit): Promise<Response> {
  if (!path.startsWith('/api/')) throw new Error('only the API is called from here')
  try {
    return await fetch(path, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new Unreachable('the server cannot be reached', { cause: error })
  }
}

function withToken(init: RequestInit, token: string): RequestInit {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  // The cookies are for other routes.
  return { ...init, headers, credentials: 'omit' }
}

function initOf({ method, body, form, headers }: ApiCall): RequestInit {
  if (form) {
    const data = new FormData()
    data.append(form.field, form.file, form.name)
    return { method, ...(headers && { headers }), body: data }
  }
  if (body === undefined) return { method, ...(headers && { headers }) }
  if (body instanceof Blob) return { method, ...(headers && { headers }), body }
  const json = { 'content-type': 'application/json', ...headers }
  return { method, headers: json, body: JSON.stringify(body) }
}

async function bodyOf(response: Response, { as = 'json' }: ApiCall): Promise<unknown> {
  if (response.status === 204) return null
  if (response.ok && as === 'blob') return response.blob()
  const text = await response.text()
  if (response.ok && as === 'text') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

async function refusalOf(response: Response): Promise<Refused> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string }
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const { code = 'internal_error', detail = '' } = problem
  return new Refused(response.status, code, detail, Number.isNaN(seconds) ? null : seconds)
}
