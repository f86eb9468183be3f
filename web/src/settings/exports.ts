export const exportFormats = ['vcard3', 'vcard4', 'csv', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A file of the server: where it is, and how it is to be called. */
export type Download = { path: string; name: string }

const files: Record<ExportFormat, { path: string; ending: string; version?: string }> = {
  vcard3: { path: '/api/export.vcf', ending: 'vcf', version: '3.0' },
  vcard4: { path: '/api/export.vcf', ending: 'vcf', version: '4.0' },
  csv: { path: '/api/export.csv', ending: 'csv' },
  json: { path: '/api/export.json', ending: 'json' },
}

/** @param label only contacts with this label, by its id */
export function contactsFile(format: ExportFormat, label: string | null): Download {
  const { path, ending, version } = files[format]
  const query = new URLSearchParams({ ...(version && { version }), ...(label && { label }) })
  return { path: `${path}?${query}`, name: `kith-contacts-${today()}.${ending}` }
}

export function accountArchive(): Download {
  return { path: '/api/users/me/export', name: `kith-${today()}.zip` }
}

const today = () => new Date().toISOString().slice(0, 10)
