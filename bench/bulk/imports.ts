import { stderr } from 'node:process'
import type { Copies } from './copies.ts'
import { createGauge, type BulkFigures } from './gauge.ts'
import type { BulkMeasured } from './measured.ts'
import type { BulkName } from './names.ts'
import { removeUser, settle } from './newcomers.ts'
import type { Site } from './site.ts'
import { importFile, type ImportFile } from './upload.ts'

/** Imports into empty books, in turns with COPY of the rows that came of it. */
export async function measureImport(
  site: Site,
  scenario: BulkName,
  file: ImportFile,
  copies: Copies,
  rounds: number,
): Promise<BulkMeasured[]> {
  await using kith = await site.startKith(scenario)
  const gauge = createGauge(kith, site.dataset, site.wallet)
  const rest = [await gauge.measureRest()]
  const [ours, theirs]: [BulkFigures[], BulkFigures[]] = [[], []]
  for (let round = 1; round <= rounds; round++) {
    const user = await site.addUser()
    await settle(site.databaseUrl)
    const token = site.wallet.tokenOf(user)
    const imported = await gauge.measure(() => importFile(kith, token, file), true)
    await copies.save(user)
    const copied = await gauge.measure(() => copies.load(file.contacts), false)
    await removeUser(site.databaseUrl, user)
    ours.push(imported)
    theirs.push(copied)
    stderr.write(
      `${scenario} ${round}/${rounds}  Kith ${Math.round(imported.contactsPerSecond ?? 0)}/s` +
        `  COPY ${Math.round(copied.contactsPerSecond ?? 0)}/s\n`,
    )
  }
  return [
    { scenario, subject: 'at rest', rounds: rest },
    { scenario, subject: 'Kith', rounds: ours },
    { scenario, subject: 'COPY', rounds: theirs },
  ]
}
