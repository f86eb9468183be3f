/** The paths of the signed-out pages, which `account.html` shows. */
export const accountPaths = [
  '/welcome',
  '/login',
  '/signup',
  '/signup/:token',
  '/confirm',
  '/confirm/:token',
  '/forgot',
  '/reset-password',
  '/reset-password/:token',
] as const

export const settingsSections = [
  'profile',
  'appearance',
  'devices',
  'security',
  'calendar',
  'export',
  'storage',
  'account',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** The paths of the app, which `index.html` shows. */
export const appPaths: readonly string[] = [
  '/',
  '/c/:id',
  '/c/:id/edit',
  '/c/:id/history',
  '/new',
  '/favourites',
  '/label/:id',
  '/labels',
  '/birthdays',
  '/import',
  '/import/:id',
  '/duplicates',
  '/trash',
  '/settings',
  ...settingsSections.map((section) => `/settings/${section}`),
]

const appForms = appPaths.map(formOf)
const accountForms = accountPaths.map(formOf)

/** The addresses that a path with parts such as `:id` stands for. */
export function formOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`)
}

/** Whether the app has a screen at a path. */
export const isAppPath = (pathname: string): boolean => appForms.some((form) => form.test(pathname))

/** Whether a signed-out page is at a path. */
export const isAccountPath = (pathname: string): boolean =>
  accountForms.some((form) => form.test(pathname))

/** Whether somebody is still at an address, after what was waited for. */
export const isAt = (address: string): boolean => location.pathname === address

/** The address of each screen. */
export const to = {
  contacts: '/',
  contact: (id: string) => `/c/${id}`,
  edit: (id: string) => `/c/${id}/edit`,
  history: (id: string) => `/c/${id}/history`,
  new: '/new',
  favourites: '/favourites',
  label: (id: string) => `/label/${id}`,
  labels: '/labels',
  birthdays: '/birthdays',
  import: '/import',
  importOf: (id: string) => `/import/${id}`,
  duplicates: '/duplicates',
  trash: '/trash',
  /** @param next where to go after it */
  logIn: (next: string) => `/login?next=${encodeURIComponent(next)}`,
  settings: (section?: SettingsSection) => (section ? `/settings/${section}` : '/settings'),
} as const
