/** Why the server refused a form. */
export type Refusal = {
  code: string
  /** The server's own sentence, in English. */
  detail: string
  /** The fields that it named, without the slash of their pointers. */
  fields: string[]
  /** How long to wait before trying again; 0 where that is no help. */
  waitSeconds: number
}

export type Answer<Body = unknown> =
  | { kind: 'done'; body: Body }
  | { kind: 'refused'; refusal: Refusal }

/** Whose session it is. */
export type Session = { user: { id: string } }

const unreachable: Refusal = { code: 'unreachable', detail: '', fields: [], waitSeconds: 0 }

/** Starts a session, which the browser keeps in cookies that no script can read. */
export function logIn(email: string, password: string): Promise<Answer<Session>> {
  return send('/api/auth/browser/login', { email, password })
}

export type SignUp = { username: string; email: string; password: string; invite?: string }

export function signUp(input: SignUp): Promise<Answer> {
  return send('/api/auth/signup', input)
}

export function confirmEmail(token: string): Promise<Answer> {
  return send(`/api/auth/confirmed_email/${token}`)
}

/** Asks for a mail: the same answer whether or not there is such an account. */
export function requestMail(kind: 'confirmation' | 'reset', email: string): Promise<Answer> {
  const path = kind === 'confirmation' ? 'request_email' : 'forgot_password'
  return send(`/api/auth/${path}`, { email })
}

export function resetPassword(token: string, password: string): Promise<Answer> {
  return send('/api/auth/reset_password', { token, password })
}

export type Registration = 'open' | 'invite' | 'closed'

/** Who may sign up here; `open` where the server cannot say, since it says so when somebody does. */
export async function readRegistration(): Promise<Registration> {
  try {
    const response = await fetch('/pages/registration.json')
    const { registration } = (await response.json()) as { registration: Registration }
    return registration
  } catch {
    return 'open'
  }
}

/** @param body without one, something is read */
async function send<Body>(path: string, body?: object): Promise<Answer<Body>> {
  try {
    const response = await fetch(path, {
      headers: {
        accept: 'application/json',
        'accept-language': document.documentElement.lang,
        'x-kith': '1',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    if (!response.ok) return { kind: 'refused', refusal: await readRefusal(response) }
    return { kind: 'done', body: (await response.json().catch(() => null)) as Body }
  } catch {
    return { kind: 'refused', refusal: unreachable }
  }
}

async function readRefusal(response: Response): Promise<Refusal> {
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string
    detail?: string
    errors?: { pointer: string }[]
  }
  return {
    code: problem.code ?? 'internal_error',
    detail: problem.detail ?? '',
    fields: (problem.errors ?? []).map(({ pointer }) => pointer.slice(1)),
    waitSeconds: Number(response.headers.get('retry-after') ?? 0),
  }
}
