import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import ICAL from 'ical.js'
import { exportCard } from './export-card.ts'
import { readCard } from './read-card.ts'
import { comparableTexts, isSameCard } from './same-card.ts'

const versions = ['3.0', '4.0', 'stored'] as const

/** The lines of a card as others get it, without folds. */
function exported(lines: string[], version: (typeof versions)[number] = '3.0'): string[] {
  const text = exportCard(lines.join('\r\n'), version)
  ICAL.parse(text)
  return text.replaceAll('\r\n ', '').split('\r\n')
}

describe('a card as others get it', () => {
  it('ends with END:VCARD, whatever came in', () => {
    const open = ['BEGIN:VCARD', 'VERSION:3.0', 'UID:c1', 'N:Reh;Ilse;;;', 'FN:Ilse Reh']
    for (const end of [[], [''], ['END:VCALENDAR'], ['END:VCALENDAR', ''], ['END : VCARD', '']]) {
      assert.deepEqual(exported([...open, ...end]), [...open, 'END:VCARD', ''])
      const four = exported([...open, ...end], '4.0')
      assert.deepEqual([four[1], ...four.slice(-2)], ['VERSION:4.0', 'END:VCARD', ''])
      assert.deepEqual(exported([...open, ...end], 'stored').at(-2), 'END:VCARD')
    }
  })

  it('has no BEGIN or END of anything else', () => {
    const frame = ['BEGIN:VCARD', 'VERSION:3.0', 'N:Reh;Ilse;;;', 'FN:Ilse Reh']
    const calendar = [...frame, 'END:VCALENDAR', 'BEGIN:VEVENT', 'NOTE:a', 'END:VCARD', '']
    assert.deepEqual(exported(calendar), [...frame, 'NOTE:a', 'END:VCARD', ''])
  })

  it('has properties only: a text that broke off is whole, and stray lines are left out', () => {
    const frame = ['BEGIN:VCARD', 'VERSION:3.0', 'N:Reh;Ilse;;;', 'FN:Ilse Reh']
    const broken = [
      'NOTE:one',
      '',
      'two, three',
      'TEL;X=y:1',
      'stray',
      'PHOTO;ENCODING=b:R0lG',
      'ODlh',
      '',
    ]
    const mended = ['NOTE:one\\n\\ntwo\\, three', 'TEL;X=y:1', 'PHOTO;ENCODING=b:R0lGODlh']
    const whole = [...frame, ...broken, 'END:VCARD', '']
    assert.deepEqual(exported(whole), [...frame, ...mended, 'END:VCARD', ''])
    const four = exported(whole, '4.0').filter((line) => !/^VERSION|^PHOTO/.test(line))
    assert.ok(four.includes('NOTE:one\\n\\ntwo\\, three'))
    const qp = 'NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:one=20='
    const coded = [...frame, qp, '', 'tw=C3=B6', 'END:VCARD', '']
    assert.deepEqual(exported(coded), [...frame, 'NOTE:one twö', 'END:VCARD', ''])
    const before = whole.join('\r\n')
    assert.ok(isSameCard(before, exportCard(before, '3.0'), '3.0'))
  })

  it('has its texts in no encoding that its version does not have', () => {
    const text = ['FN;ENCODING=BASE64:S2xhcmEgQsO2cm5lcg==', 'N;BASE64:QsO2cm5lcjtLbGFyYTs7Ow==']
    const plain = ['FN:Klara Börner', 'N:Börner;Klara;;;', 'NOTE:1\\, 2']
    for (const version of ['2.1', '3.0', '4.0']) {
      const lines = ['BEGIN:VCARD', `VERSION:${version}`, ...text, 'NOTE;ENCODING=b:MSwgMg==']
      for (const wanted of ['3.0', '4.0'] as const) {
        const found = exported([...lines, 'END:VCARD', ''], wanted)
        assert.deepEqual(found.slice(2, -2), plain)
      }
    }
  })

  it('keeps a value whose parameters only look like an encoding, and one that is no base64', () => {
    const frame = ['BEGIN:VCARD', 'VERSION:3.0', 'N:Reh;Ilse;;;', 'FN:Ilse Reh']
    const odd = ['X-ODD;A=b:1', 'X-ODD;TYPE=B:MSwgMg==', 'X-ODD;ENCODING=b:1']
    const lines = [...frame, ...odd, 'END:VCARD', '']
    assert.deepEqual(exported(lines), lines)
  })

  it('has parameters with a name, and the version in its place', () => {
    const frame = ['BEGIN:VCARD', 'VERSION:3.0', 'N:Reh;Ilse;;;', 'FN:Ilse Reh']
    const bare = ['TEL;CELL;PREF:1', 'ADR;TYPE:;;Weg 1;;;;', 'TEL;:2']
    const named = ['TEL;TYPE=CELL;TYPE=PREF:1', 'ADR:;;Weg 1;;;;', 'TEL:2']
    assert.deepEqual(exported([...frame, ...bare, 'END:VCARD', '']), [
      ...frame,
      ...named,
      'END:VCARD',
      '',
    ])
    const label = 'X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=C3=BC=72=6F)'
    const old = ['BEGIN:VCARD', 'VERSION:2.1', 'N:Reh;Ilse', `TEL;${label}:1`, 'END:VCARD', '']
    for (const version of ['3.0', '4.0'] as const) {
      assert.ok(exported(old, version).includes('TEL;TYPE=X-Büro:1'))
    }
    const late = ['BEGIN:VCARD', 'PRODID:x', 'FN:A', 'N:A;;;;', 'VERSION:3.0', 'END:VCARD', '']
    assert.deepEqual(exported(late), late)
    assert.deepEqual(exported(late, '4.0').slice(0, 3), ['BEGIN:VCARD', 'VERSION:4.0', 'PRODID:x'])
    const folded = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      ' 1',
      'FN:A',
      'N:A;;;;',
      'BDAY:--0506',
      'END:VCARD',
      '',
    ]
    assert.ok(exported(folded).includes('BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-06'))
    assert.equal(exported(folded, '4.0')[1], 'VERSION:4.0')
  })

  it('has the octets of a photo in the form of 4.0', () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQ=='
    const data = `PHOTO:data:image/png;base64,${png}`
    for (const params of ['TYPE=png', 'ENCODING=b;TYPE=png', 'VALUE=binary']) {
      const lines = ['BEGIN:VCARD', 'VERSION:4.0', 'FN:A', 'N:A;;;;', `PHOTO;${params}:${png}`]
      assert.equal(exported([...lines, 'END:VCARD', ''], '4.0')[4], data)
    }
    const link = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:A',
      'N:A;;;;',
      'PHOTO:https://example.org/a',
      'END:VCARD',
      '',
    ]
    assert.deepEqual(exported(link, '4.0'), link)
  })

  it('keeps the values of a property that only its program knows apart', () => {
    const value = 'vnd.android.cursor.item/nickname;=C3=84nni\\;=0A;1;;;'
    const lines = [
      'N:Reh;Ilse',
      `X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${value}`,
    ]
    const text = ['BEGIN:VCARD', 'VERSION:2.1', ...lines, 'END:VCARD', '']
    const wanted = 'X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Änni\\;\\n;1;;;'
    for (const version of ['3.0', '4.0'] as const)
      assert.ok(exported(text, version).includes(wanted))
  })

  it('is the text as it came where that is valid', () => {
    const nested =
      'BEGIN:VCARD\nVERSION:2.1\nN:A\nAGENT:\nBEGIN:VCARD\nN:B\nEND:VCARD\nTEL:1\nEND:VCARD\n'
    assert.equal(exportCard(nested, 'stored'), nested)
    const folded = 'begin:vcard\nversion:3.0\nFN:A\n B\nN:B;A\nEND:VCARD'
    assert.equal(exportCard(folded, '3.0'), folded)
  })

  it('has the same content as the one that came in', () => {
    const open = 'BEGIN:VCARD\nVERSION:3.0\nUID:c1\nN:Reh;Ilse;;;\nFN:Ilse Reh\n'
    for (const version of versions) {
      const left = exportCard(open, version)
      assert.ok(isSameCard(open, left, '3.0'))
      assert.deepEqual(readCard(left).contact, readCard(open).contact)
    }
    assert.deepEqual(comparableTexts(open), comparableTexts(exportCard(open, '3.0')))
  })

  it('leaves even where another version is larger than a card that comes in', () => {
    const photo = 'R0lGODlh'.repeat(130_500)
    const lines = ['BEGIN:VCARD', 'VERSION:4.0', 'FN:A', `PHOTO:data:image/gif;base64,${photo}`]
    const text = [...lines, 'END:VCARD', ''].join('\r\n')
    readCard(text)
    const converted = exportCard(text, '3.0')
    assert.ok(converted.length > 1024 * 1024)
    assert.ok(converted.endsWith('\r\nEND:VCARD\r\n'))
  })
})
