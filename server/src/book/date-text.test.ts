import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { provenOrder, readDateText } from './date-text.ts'

describe('the text of a date', () => {
  it('is read in every form that allows a single reading', () => {
    const forms = {
      '1985-04-12': '1985-04-12',
      '19850412': '1985-04-12',
      '1977-9-8': '1977-09-08',
      '1971/12/31': '1971-12-31',
      '1971.12.31': '1971-12-31',
      '31.12.1971': '1971-12-31',
      ' 31. 12. 1971 ': '1971-12-31',
      '31/12/1971': '1971-12-31',
      '12/31/1971': '1971-12-31',
      '5/5/1971': '1971-05-05',
      '3.4.85': '1985-04-03',
      '12.4.': '--04-12',
      '--0412': '--04-12',
      '--04-12': '--04-12',
      '--4-2': '--04-02',
      '--02-29': '--02-29',
      '0000-05-06': '--05-06',
      '00000506': '--05-06',
      '19561001000000': '1956-10-01',
      '1985-04-12T23:20:50Z': '1985-04-12',
      '19850412T10': '1985-04-12',
      '19850412T232050+0100': '1985-04-12',
      '1985-04-12T22:00:00.000Z': '1985-04-12',
      '1985-04-12 22:00:00': '1985-04-12',
      '4/13/1985 12:00:00 AM': '1985-04-13',
      'Jan 1, 1970': '1970-01-01',
      'January 1st, 1970': '1970-01-01',
      '1 Sept. 1970': '1970-09-01',
      '01-May-1970': '1970-05-01',
    }
    for (const [text, date] of Object.entries(forms)) {
      assert.equal(readDateText(text), date, text)
      assert.equal(readDateText(text, { order: 'day first' }), date, text)
    }
  })

  it('needs an order where day and month could be either', () => {
    assert.equal(readDateText('3/4/1985'), null)
    assert.equal(readDateText('3/4/1985', { order: 'day first' }), '1985-04-03')
    assert.equal(readDateText('3/4/85', { order: 'month first' }), '1985-03-04')
    assert.equal(readDateText('3-4', { order: 'month first' }), '--03-04')
    assert.deepEqual(['13/4/1985', '4/13/1985 0:00', '3/4/1985', '31.12.1985'].map(provenOrder), [
      'day first',
      'month first',
      undefined,
      undefined,
    ])
  })

  it('may have a placeholder in place of the year', () => {
    assert.equal(readDateText('1604-05-06', { unknownYear: 1604 }), '--05-06')
    assert.equal(readDateText('6.5.1604', { unknownYear: 1604 }), '--05-06')
    assert.equal(readDateText('1604-02-29', { unknownYear: 1604 }), '--02-29')
    assert.equal(readDateText('1604-05-06'), '1604-05-06')
  })

  it('is none where it is not in the calendar, or says more or less than a day', () => {
    const others = ['31/4/1985', '2023-02-29', '--02-30', '17190000', '19561001250000', '1985', '']
    const texts = [
      '1985-04',
      '---12',
      'spring 1985',
      '1985-04-12 our wedding',
      '1.2',
      '1/2',
      '13/5',
    ]
    const names = ['Mayday 1, 1970', 'Jan 32, 1970', 'Jan 1970', '1'.repeat(1000)]
    for (const text of [...others, ...texts, ...names]) {
      assert.equal(readDateText(text), null, text)
    }
  })
})
