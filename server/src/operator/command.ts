import { parseArgs } from 'node:util'
import type { Report } from '../backup/report.ts'
import type { Config, Needs } from '../config.ts'
import { nearest } from '../nearest.ts'
import { OperatorError } from '../operator-error.ts'
import type { Services } from '../services.ts'

/** What was asked for cannot be done as asked; the message says how. */
export class UsageError extends OperatorError {
  override name = 'UsageError'
}

export type Option = {
  /** What stands for its value in the help; without one it is a switch. */
  value?: string
  about?: string
  isRequired?: boolean
}

/** What somebody asks for, parsed. */
export type Request = {
  operands: string[]
  options: Record<string, string | true>
  /** How wide the terminal is that shows the answer. */
  width: number
}

/** What to print, and whether to end with exit code 1. */
export type Outcome = { text: string; isFailure?: boolean }

export type Command = {
  name: string
  /** What it does, in a few words. */
  about: string
  /** What has to stand behind the name, such as FILE. */
  operands?: string[]
  options?: Record<string, Option>
  /** In the terminal, before anything else: asks the person, makes paths absolute. */
  prepare?(request: Request): Promise<Request>
  /** Without everything that a server needs, which may be what is wrong. */
  alone?(
    readSettings: (needs?: Needs) => Config,
    request: Request,
    report: Report,
  ): Promise<Outcome>
  /** Whether it makes the embedded database where there is none yet; without it, that is refused. */
  makesDatabase?: boolean
  /** With everything that a server has. */
  run?(services: Services, request: Request, report: Report): Promise<Outcome>
}

/**
 * Reads what stands behind a command's name.
 * @throws UsageError that says what is missing, or not known and what is meant perhaps
 */
export function parseRequest(command: Command, args: string[], width: number): Request {
  const { name, operands: wanted = [], options: known = {} } = command
  const options: Request['options'] = {}
  const operands: string[] = []
  const types = Object.fromEntries(
    Object.entries(known).map(([key, { value }]) => [
      key,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  const { tokens } = parseArgs({ args, options: types, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind === 'option') options[token.name] = valueOf(command, token)
  }
  for (const [key, { isRequired, value }] of Object.entries(known)) {
    if (isRequired && !options[key]) throw new UsageError(`${name} needs --${key} ${value}.`)
  }
  if (operands.length < wanted.length) {
    throw new UsageError(`${name} needs ${wanted.slice(operands.length).join(' and ')}.`)
  }
  if (operands.length > wanted.length) {
    throw new UsageError(`${name} does not know what to do with ${operands.at(-1)}.`)
  }
  return { operands, options, width }
}

type OptionToken = { name: string; rawName: string; value?: string | undefined }

function valueOf({ name, options = {} }: Command, token: OptionToken): string | true {
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
  if (!option) {
    const near = nearest(token.name, Object.keys(options))
    const hint = near ? ` Did you mean --${near}?` : ''
    throw new UsageError(`${name} has no option ${token.rawName}.${hint}`)
  }
  if (option.value === undefined) return true
  if (token.value === undefined) throw new UsageError(`--${token.name} needs ${option.value}.`)
  return token.value
}

/** An option that is required, or a default stands for. */
export function textOption({ options }: Request, name: string, fallback = ''): string {
  const value = options[name]
  return typeof value === 'string' ? value : fallback
}

/** The option of every command that concerns one account. */
export const emailOption = {
  email: { value: 'ADDRESS', isRequired: true },
} satisfies Record<string, Option>
