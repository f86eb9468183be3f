import { lazy, useEffect, type FunctionComponent } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Router } from 'wouter'
import { Contact } from './contacts/contact.tsx'
import { receiveHeld } from './data/client.ts'
import { Frame } from './frame/frame.tsx'
import type { Screen } from './frame/place.ts'
import { slideOnPhone } from './frame/transition.ts'
import { formOf } from './routes.ts'
import { currentLocale, withMessages } from './strings/text.ts'
import { Notices } from './ui/toast.tsx'

const EditContact = onDemand(async () => (await import('./editing/edit-contact.tsx')).EditContact)
const NewContact = onDemand(async () => (await import('./editing/edit-contact.tsx')).NewContact)
const Labels = onDemand(async () => (await import('./labels/labels-screen.tsx')).Labels)
const Birthdays = onDemand(
  async () => (await withMessages(import('./birthdays/birthdays.tsx'))).Birthdays,
)
const HistoryPage = onDemand(
  async () => (await withMessages(import('./history/history-page.tsx'))).HistoryPage,
)
const ImportPage = onDemand(
  async () => (await withMessages(import('./imports/import-page.tsx'))).ImportPage,
)
const ImportScreen = onDemand(
  async () => (await withMessages(import('./imports/import-screen.tsx'))).ImportScreen,
)
const DuplicatesPage = onDemand(
  async () => (await withMessages(import('./duplicates/duplicates-page.tsx'))).DuplicatesPage,
)
const TrashPage = onDemand(
  async () => (await withMessages(import('./trash/trash-page.tsx'))).TrashPage,
)
const SettingsScreen = onDemand(
  async () => (await withMessages(import('./settings/settings-screen.tsx'))).SettingsScreen,
)

/** A screen whose code is loaded when it is first shown, or by `load` before that. */
function onDemand<Parts>(load: () => Promise<FunctionComponent<Parts>>) {
  return Object.assign(
    lazy(async () => ({ default: await load() })),
    { load },
  )
}

/** Every screen beside the list, or in place of it; it gets the parts of its path as properties. */
const screens: readonly Screen[] = [
  { path: '/c/:id', pane: 'detail', title: 'frame.contacts', screen: Contact },
  { path: '/c/:id/edit', pane: 'detail', title: 'frame.contacts', screen: EditContact },
  { path: '/new', pane: 'detail', title: 'frame.contacts', screen: NewContact },
  { path: '/c/:id/history', pane: 'detail', title: 'frame.contacts', screen: HistoryPage },
  { path: '/labels', pane: 'page', title: 'frame.labels', screen: Labels },
  { path: '/birthdays', pane: 'page', title: 'frame.birthdays', screen: Birthdays },
  { path: '/import', pane: 'page', title: 'frame.import', screen: ImportPage },
  { path: '/import/:id', pane: 'page', title: 'frame.import', screen: ImportScreen },
  { path: '/duplicates', pane: 'page', title: 'frame.duplicates', screen: DuplicatesPage },
  { path: '/trash', pane: 'page', title: 'frame.trash', screen: TrashPage },
  { path: '/settings', pane: 'page', title: 'frame.settings', screen: SettingsScreen },
  { path: '/settings/:section', pane: 'page', title: 'frame.settings', screen: SettingsScreen },
]

// As all that is shown in place of something to come.
const patienceMs = 300

/**
 * Loads the screen that an address shows, before anything is rendered: else its place would be shown first, and the
 * screen itself only some time later. Over a slow network the place is shown after all.
 */
export async function loadScreenAt(path: string): Promise<void> {
  const lazy = screens.find((screen) => formOf(screen.path).test(path))?.screen
  // Asking for all its files is some work: not in one go with that of the app's own.
  await new Promise((resolve) => setTimeout(resolve))
  // Rendering tries again, and says so where it cannot be loaded.
  const loading = lazy?.load?.().catch(() => null)
  const loaded = await Promise.race([
    loading,
    new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null)),
  ])
  for (const screen of screens) if (loaded && screen.screen === lazy) screen.screen = loaded
}

/** The app for who is logged in. */
export function App() {
  // Once what is rendered is in the page, as work of its own.
  useEffect(() => void setTimeout(receiveHeld), [])
  return (
    <I18nProvider locale={currentLocale()}>
      <Router aroundNav={slideOnPhone}>
        <Frame screens={screens} />
        <Notices />
      </Router>
    </I18nProvider>
  )
}
