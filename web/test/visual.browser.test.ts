import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { sendBatch } from '../../server/test/batch.ts'
import { signUp, type Person } from '../../server/test/people.ts'
import { startApp, widths, withoutBrowser, type App } from './app.ts'
import { addLabel, doubles, label, zoe } from './book.ts'
import { button, see } from './seen.ts'
import { fixTypeface, requireLikeSnapshot } from './snapshot.ts'

type Screen = {
  name: string
  path: string
  isThere: (page: Page) => Locator
}

/** Tints follow ids, so that these are always the same. */
const idOf = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`

// In letters of the typeface, and without a birthday: how long until then changes by the day.
const people = [
  { ...zoe, last_name: 'Lambert', birthday: null, dates: [] },
  {
    first_name: 'Ada',
    last_name: 'Lovelace',
    company: 'Analytical Engines',
    phone: '020 7946 0958',
  },
  { first_name: 'Omar', last_name: 'Mensah', company: 'Acme GmbH', email: 'omar@acme.example' },
  { company: 'Städtische Bibliothek', phone: '+49 30 123 456' },
  ...doubles,
]

const heading = (name: string) => (page: Page) => page.getByRole('heading', { name })

const screens: Screen[] = [
  { name: 'list', path: '/', isThere: (page) => page.getByRole('row', { name: /Ada Lovelace/ }) },
  { name: 'contact', path: `/c/${idOf(0)}`, isThere: heading('Zoë Lambert') },
  { name: 'form', path: `/c/${idOf(0)}/edit`, isThere: (page) => page.getByRole('form') },
  { name: 'labels', path: '/labels', isThere: (page) => button(page, 'Edit label Friends') },
  { name: 'import', path: '/import', isThere: (page) => button(page, 'Choose a file') },
  { name: 'duplicates', path: '/duplicates', isThere: (page) => page.getByText('same e-mail') },
  { name: 'trash', path: '/trash', isThere: (page) => page.getByText('The trash is empty') },
  { name: 'appearance', path: '/settings/appearance', isThere: heading('Appearance') },
  { name: 'export', path: '/settings/export', isThere: heading('Export') },
  {
    name: 'missing',
    path: `/c/${idOf(999)}`,
    isThere: (page) => page.getByText('This contact is not here'),
  },
]

const signedOut: Screen[] = [
  { name: 'welcome', path: '/', isThere: (page) => page.getByRole('link', { name: 'Log in' }) },
  { name: 'log-in', path: '/login', isThere: (page) => button(page, 'Log in') },
  { name: 'sign-up', path: '/signup', isThere: (page) => button(page, 'Create account') },
]

describe('what each screen looks like', { skip: withoutBrowser() }, () => {
  let app: App
  let ada: Person
  before(async () => {
    app = await startApp()
    ada = await signUp(app.server, { email: 'ada@snapshots.example' })
    await sendBatch(
      ada,
      ...people.map((contact, number) => ({ operation: 'create', id: idOf(number), contact })),
    )
    const friends = await addLabel(ada, 'Friends', '#1f83d1')
    await label(ada, idOf(0), friends, await addLabel(ada, 'Bakers', '#b87f08'))
    await label(ada, idOf(2), friends)
  })
  after(() => app[Symbol.asyncDispose]())

  for (const width of widths) {
    it(`is as in the pictures, at ${width} px`, async (test) => {
      await using stack = new AsyncDisposableStack()
      const stranger = stack.use(await app.openDevice({ width }))
      const owner = stack.use(await app.open(ada, '/manifest.webmanifest', { width }))
      for (const [screensOf, { page, context }] of [
        [signedOut, stranger],
        [screens, owner],
      ] as const) {
        await fixTypeface(context)
        for (const screen of screensOf) {
          await test.test(screen.name, () => compare(page, screen, width))
        }
      }
    })
  }
})

/** In both themes. */
async function compare(page: Page, { name, path, isThere }: Screen, width: number) {
  await page.goto(path)
  await see(isThere(page))
  const mask = [page.getByText(/^Changed /), button(page, 'Account')]
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await requireLikeSnapshot(page, `${name}-${width}-${colorScheme}`, mask)
  }
}
