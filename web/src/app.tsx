import { text } from './strings/text.ts'

/** The frame of the app: navigation, list and detail. */
export function App() {
  return <nav aria-label={text('frame.navigation')} />
}
