import { styleText } from 'node:util'

/** A style that is left out where the output is no terminal, or NO_COLOR is set. */
type Style = Parameters<typeof styleText>[0]

type Entry = {
  time: string
  level: number
  msg?: string
  err?: { type?: string; message?: string; stack?: string }
  [field: string]: unknown
}
type RequestEntry = Entry & { method: string; route: string; status: number; ms: number }

const warn = 40
const error = 50

/** A JSON line of the log as people read it: `12:01 POST /api/auth/signup 201 34 ms`. */
export function readableLine(json: string): string {
  const entry = JSON.parse(json) as Entry
  const content = isRequest(entry) ? requestText(entry) : eventText(entry)
  return `${styleText('dim', timeOf(entry))} ${content}\n`
}

function isRequest(entry: Entry): entry is RequestEntry {
  return entry.msg === 'request' && 'route' in entry
}

function requestText({ method, route, status, ms }: RequestEntry): string {
  const shown = styleText(styleOfStatus(status), String(status))
  return `${method} ${route} ${shown} ${styleText('dim', `${Math.round(ms)} ms`)}`
}

function styleOfStatus(status: number): Style {
  if (status >= 500) return ['bold', 'red']
  return status >= 400 ? 'yellow' : 'green'
}

function eventText({ time: _time, level, msg = '', err, ...fields }: Entry): string {
  const details = Object.entries(fields).map(([name, value]) => `${name}: ${printable(value)}`)
  const about = details.length > 0 ? styleText('dim', ` (${details.join(', ')})`) : ''
  const cause = err ? `: ${printable(err.message ?? err.type)}` : ''
  return marked(level, printable(msg) + cause) + about + stackText(level, err)
}

/** What an operator should look at begins with a word, which also stands out without colours. */
function marked(level: number, text: string): string {
  if (level >= error) return styleText(['bold', 'red'], `ERROR ${text}`)
  return level >= warn ? styleText('yellow', `WARNING ${text}`) : text
}

/** Below an error: where it came from. The first line of a stack says again what it is. */
function stackText(level: number, err: Entry['err']): string {
  if (level < error || !err?.stack) return ''
  const lines = err.stack.split('\n').filter((line) => line.startsWith('    at '))
  return lines.map((line) => `\n${styleText('dim', `  ${printable(line)}`)}`).join('')
}

/** Hours and minutes of the place where the terminal is. */
function timeOf({ time }: Entry): string {
  const date = new Date(time)
  return [date.getHours(), date.getMinutes()].map((part) => `${part}`.padStart(2, '0')).join(':')
}

/** What others wrote must not steer the terminal. */
function printable(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
}
