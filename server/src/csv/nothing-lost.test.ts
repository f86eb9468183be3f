import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { readRow } from '../../test/csv-rows.ts'
import { formatRows } from './write-csv.ts'

const headers =
  'Name|First Name|Vorname|Last Name|Title|Titre|Job Title|Company|Nickname|Notes|Birthday|Geburtstag|' +
  'Anniversary|Birth Year|Birth Month|Birth Day|Labels|Categories|E-mail|E-mail Address|E-mail 2 Address|' +
  'E-mail Type|E-mail Display Name|E-mail 1 - Label|E-mail 1 - Value|E-mail 1 - Type|E-mail 1 - Street|' +
  'Phone 1 - Type|Phone 1 - Value|Phone 1 - Country|Phone|Mobile|Home|Home Fax|Fax|Address 1 - Label|' +
  'Address 1 - Formatted|Address 1 - Street|Address 1 - Value|Address 1|Address 2|Address 9|Home Address|' +
  'Home Street|Home Street 2|Home Street 7|Home City|Business Address|Business Address PO Box|City|' +
  'IM 1 - Service|IM 1 - Value|IM 2 - Label|IM 2 - Service|Skype|Screen Name|Website 1 - Label|Web Page|' +
  'Event 1 - Label|Event 1 - Value|Relation 1 - Value|Children|Spouse|Custom Field 1 - Label|' +
  'Custom Field 1 - Value|Organization 1 - Type|Organization 1 - Name|Priority|User 1|toString|'

it('keeps the text of every cell of a row, whatever the columns are', async () => {
  const header = fc.constantFrom(...headers.split('|'))
  await fc.assert(
    fc.asyncProperty(fc.array(header, { maxLength: 40, size: 'max' }), async (headers) => {
      const cells = headers.map((_, index) => `cell${index}x`)
      const { contact, labels } = await readRow(
        formatRows([
          ['Surname', ...headers],
          ['Lovelace', ...cells],
        ]),
      )
      const everything = JSON.stringify({ contact, labels })
      for (const [index, cell] of cells.entries()) {
        // The label of a value that the row does not have may be lost.
        const isLabel = / - (?:Label|Type)$/.test(headers[index] ?? '')
        assert.ok(isLabel || everything.includes(cell), `${headers[index]} is lost`)
      }
    }),
    { numRuns: 500 },
  )
})
