import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readRow, readRows } from '../../test/csv-rows.ts'
import { readCellDate } from './cell-date.ts'

describe('a date in a CSV file', () => {
  it('is read in all forms that programs write', () => {
    const forms = {
      '1985-04-12': '1985-04-12',
      '1985/4/2': '1985-04-02',
      '19850412': '1985-04-12',
      '1985-04-12T00:00:00': '1985-04-12',
      '4/12/1985 12:00:00 AM': '1985-04-12',
      '12.4.1985': '1985-04-12',
      '12. 4. 1985': '1985-04-12',
      '4/12/1985': '1985-04-12',
      '13/4/1985': '1985-04-13',
      '4/12/85': '1985-04-12',
      '4/12/05': '2005-04-12',
      '--04-12': '--04-12',
      ' --02-29': '--02-29',
      '--0412': '--04-12',
      '12.4.': '--04-12',
      '1604-04-12': '--04-12',
      '0000-04-12': '--04-12',
      // Midnight in Berlin, in New York and in London.
      '1985-04-11T22:00:00.000Z': '1985-04-12',
      '1985-04-12T05:00:00.000Z': '1985-04-12',
      '1985-12-31T00:00:00Z': '1985-12-31',
      '1985-04-12 05:30': '1985-04-12',
      'April 12, 1985': '1985-04-12',
      '12 Apr 1985': '1985-04-12',
      '19850412000000': '1985-04-12',
    }
    for (const [text, date] of Object.entries(forms)) {
      assert.equal(readCellDate(text, 'month first'), date, text)
    }
    assert.equal(readCellDate('4/12/1985', 'day first'), '1985-12-04')
    assert.equal(readCellDate('4/13/1985', 'day first'), '1985-04-13')
  })

  it('is empty if a program wrote zeros', () => {
    for (const text of ['0/0/00', '0/0/0000', '00.00.0000', '0000-00-00', '0']) {
      assert.equal(readCellDate(text, 'month first'), '', text)
    }
  })

  it('is none if it is not in the calendar', () => {
    for (const text of ['31/4/1985', '2023-02-29', '--02-30', 'spring 1985', '1985', '-', '']) {
      assert.equal(readCellDate(text, 'day first'), null, text)
    }
  })

  it('is kept as it was written if it cannot be a birthday', async () => {
    const read = await readRows('Name,Birthday\nA,around 1950\nB,2999-01-01\nC,31.4.1985\n')
    const dates = read.map((row) => 'contact' in row && [row.contact.birthday, row.contact.dates])
    assert.deepEqual(dates, [
      [null, [{ label: 'birthday', value: 'around 1950' }]],
      [null, [{ label: 'birthday', value: '2999-01-01' }]],
      [null, [{ label: 'birthday', value: '31.4.1985' }]],
    ])
  })

  it('has the order of day and month that other rows prove', async () => {
    const british = await readRows('Name,Birthday\nA,3/4/1980\nB,25/12/1980\nC,1/2/1980\n')
    const american = await readRows('Name,Birthday\nA,3/4/1980\nB,12/25/1980\nC,1/2/1980\n')
    const birthdays = (rows: typeof british) =>
      rows.map((row) => 'contact' in row && row.contact.birthday)
    assert.deepEqual(birthdays(british), ['1980-04-03', '1980-12-25', '1980-02-01'])
    assert.deepEqual(birthdays(american), ['1980-03-04', '1980-12-25', '1980-01-02'])
  })

  it('is composed of the three columns of Thunderbird', async () => {
    const header = 'Display Name,Birth Year,Birth Month,Birth Day\n'
    const birthdayOf = async (cells: string) => (await readRow(`${header}Ann,${cells}\n`)).contact
    assert.equal((await birthdayOf('1968,5,9')).birthday, '1968-05-09')
    assert.equal((await birthdayOf(',5,9')).birthday, '--05-09')
    assert.deepEqual((await birthdayOf('1968,,')).dates, [{ label: 'birthday', value: '1968' }])
  })
})
