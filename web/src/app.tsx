import { lazy } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Router } from 'wouter'
import { Contact } from './contacts/contact.tsx'
import { Frame } from './frame/frame.tsx'
import type { Screen } from './frame/place.ts'
import { slideOnPhone } from './frame/transition.ts'
import { currentLocale, withMessages } from './strings/text.ts'
import { Notices } from './ui/toast.tsx'

const EditContact = lazy(() =>
  import('./editing/edit-contact.tsx').then((module) => ({ default: module.EditContact })),
)
const NewContact = lazy(() =>
  import('./editing/edit-contact.tsx').then((module) => ({ default: module.NewContact })),
)
const Labels = lazy(() =>
  import('./labels/labels-screen.tsx').then((module) => ({ default: module.Labels })),
)
const Birthdays = lazy(() =>
  import('./birthdays/birthdays.tsx').then((module) => ({ default: module.Birthdays })),
)
const HistoryPage = lazy(() =>
  withMessages(import('./history/history-page.tsx')).then((module) => ({
    default: module.HistoryPage,
  })),
)
const ImportPage = lazy(() =>
  import('./imports/import-page.tsx').then((module) => ({ default: module.ImportPage })),
)
const ImportScreen = lazy(() =>
  import('./imports/import-screen.tsx').then((module) => ({ default: module.ImportScreen })),
)
const DuplicatesPage = lazy(() =>
  withMessages(import('./duplicates/duplicates-page.tsx')).then((module) => ({
    default: module.DuplicatesPage,
  })),
)
const TrashPage = lazy(() =>
  withMessages(import('./trash/trash-page.tsx')).then((module) => ({ default: module.TrashPage })),
)
const SettingsScreen = lazy(() =>
  withMessages(import('./settings/settings-screen.tsx')).then((module) => ({
    default: module.SettingsScreen,
  })),
)

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

/** The app for who is logged in. */
export function App() {
  return (
    <I18nProvider locale={currentLocale()}>
      <Router aroundNav={slideOnPhone}>
        <Frame screens={screens} />
        <Notices />
      </Router>
    </I18nProvider>
  )
}
