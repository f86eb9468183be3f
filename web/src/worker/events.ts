import { linesOf } from './lines.ts'

export type StreamEvent = { event: string; data: unknown }

/** The events of an answer (WHATWG HTML, Server-sent events), their data read as JSON. */
export async function* eventsOf(response: Response): AsyncGenerator<StreamEvent> {
  let event = 'message'
  let data: string[] = []
  for await (const line of linesOf(response)) {
    const [name = '', ...rest] = line.replace(/\r$/, '').split(':')
    const value = rest.join(':').replace(/^ /, '')
    if (name === 'event') event = value
    else if (name === 'data') data.push(value)
    else if (line.trim() === '' && data.length > 0) {
      yield { event, data: JSON.parse(data.join('\n')) as unknown }
      event = 'message'
      data = []
    }
  }
}
