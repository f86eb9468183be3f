import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Contact } from '../book/contact.ts'
import { decodeVcard } from './lines/decode-vcard.ts'
import { readCard } from './read-card.ts'

/** The fields of a contact that are not empty. */
function filled(contact: Contact) {
  const fields = Object.entries(contact).filter(([, value]) => value !== null && value.length > 0)
  return Object.fromEntries(fields)
}

function read(...lines: string[]) {
  const card = readCard(['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n'))
  return { ...card, whole: card.contact, contact: filled(card.contact) }
}

describe('reading a card', () => {
  it('reads a card of iOS: groups, Apple’s labels, dates without a year', () => {
    const { contact, uid, rev } = read(
      'VERSION:3.0',
      'PRODID:-//Apple Inc.//iPhone OS 17.5//EN',
      'N:Appleseed;Johnny;;Dr.;',
      'FN:Dr. Johnny Appleseed',
      'ORG:Acme;Orchards;North',
      'item1.EMAIL;type=INTERNET;type=pref:johnny@example.org',
      'item1.X-ABLabel:_$!<School>!$_',
      'EMAIL;type=INTERNET;type=HOME:home@example.org',
      'TEL;type=IPHONE;type=CELL;type=VOICE;type=pref:+1 555 0100',
      'TEL;type=HOME;type=FAX:+1 555 0101',
      'item2.ADR;type=HOME;type=pref:;;1 Infinite Loop\\nFloor 2;Cupertino;CA;95014;USA',
      'item2.X-ABADR:us',
      'item3.X-ABDATE;type=pref;X-APPLE-OMIT-YEAR=1604:1604-05-06',
      'item3.X-ABLabel:_$!<Anniversary>!$_',
      'item4.X-ABRELATEDNAMES;type=pref:Jane',
      'item4.X-ABLabel:_$!<Mother>!$_',
      'X-SOCIALPROFILE;type=twitter;x-user=johnny:http://twitter.com/johnny',
      'IMPP;X-SERVICE-TYPE=Skype;type=HOME;type=pref:skype:johnny%20a',
      'NOTE:One\\; two\\, three\\nfour',
      'BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29',
      'REV:2026-01-02T03:04:05Z',
      'UID:5A3C-1',
    )
    assert.deepEqual(contact, {
      prefix: 'Dr.',
      first_name: 'Johnny',
      last_name: 'Appleseed',
      company: 'Acme',
      department: 'Orchards, North',
      birthday: '--02-29',
      additional_data: 'One; two, three\nfour',
      emails: [
        { label: 'school', value: 'johnny@example.org' },
        { label: 'home', value: 'home@example.org' },
      ],
      phones: [
        { label: 'mobile', value: '+1 555 0100' },
        { label: 'home fax', value: '+1 555 0101' },
      ],
      addresses: [
        {
          label: 'home',
          street: '1 Infinite Loop\nFloor 2',
          extended: null,
          po_box: null,
          city: 'Cupertino',
          region: 'CA',
          postal_code: '95014',
          country: 'USA',
        },
      ],
      messengers: [
        { label: 'home', service: 'skype', value: 'johnny a' },
        { label: null, service: 'twitter', value: 'http://twitter.com/johnny' },
      ],
      dates: [{ label: 'anniversary', value: '--05-06' }],
      relations: [{ label: 'mother', value: 'Jane' }],
    })
    assert.deepEqual([uid, rev], ['5A3C-1', '2026-01-02T03:04:05Z'])
  })

  it('reads a card of DAVx5 in 4.0', () => {
    const { contact, categories } = read(
      'VERSION:4.0',
      'UID:urn:uuid:1',
      'FN:Ada Lovelace',
      'N:Lovelace;Ada;;;',
      'TEL;TYPE=home;PREF=2:1',
      'TEL;VALUE=uri;TYPE="cell,voice";PREF=1:tel:+44-20-7946-0958',
      'davdroid1.EMAIL:ada@example.org',
      'davdroid1.X-ABLABEL:Engine^room',
      'BDAY:--1210',
      'ANNIVERSARY:18350708T120000Z',
      'RELATED;TYPE=spouse;VALUE=text:William',
      "IMPP;X-SERVICE-TYPE=^'q^':xmpp:ada@example.org",
      'CATEGORIES:A\\,B,C',
      'GENDER:F',
    )
    assert.deepEqual(contact, {
      first_name: 'Ada',
      last_name: 'Lovelace',
      birthday: '--12-10',
      emails: [{ label: 'Engine^room', value: 'ada@example.org' }],
      phones: [
        { label: 'mobile', value: '+44-20-7946-0958' },
        { label: 'home', value: '1' },
      ],
      messengers: [{ label: null, service: 'q', value: 'ada@example.org' }],
      dates: [{ label: 'anniversary', value: '1835-07-08' }],
      relations: [{ label: 'spouse', value: 'William' }],
      custom_fields: [{ label: 'Gender', value: 'F' }],
    })
    assert.deepEqual(categories, ['A,B', 'C'])
  })

  it('shows what no field holds as custom fields', () => {
    const shown = (...lines: string[]) => read(...lines).whole.custom_fields
    assert.deepEqual(
      shown(
        'VERSION:3.0',
        'FN:A B',
        'ROLE:Programmer',
        'X-MAIDENNAME:Byron',
        'TZ:-05:00',
        'GEO:52.5;13.4',
        'KEY;ENCODING=b:AAAA',
      ),
      [
        { label: 'Role', value: 'Programmer' },
        { label: 'Maiden name', value: 'Byron' },
        { label: 'Time zone', value: '-05:00' },
        { label: 'Position', value: '52.5,13.4' },
      ],
    )
    assert.deepEqual(
      shown(
        'VERSION:4.0',
        'FN:A B',
        'GENDER:O;it is complicated',
        'LANG;PREF=1:fr',
        'GEO:geo:52.5,13.4',
        'KEY:https://example.org/key',
        'KEY:data:application/pgp-keys;base64,AAAA',
      ),
      [
        { label: 'Gender', value: 'O;it is complicated' },
        { label: 'Language', value: 'fr' },
        { label: 'Position', value: '52.5,13.4' },
        { label: 'Key', value: 'https://example.org/key' },
      ],
    )
  })

  it('reads one value in several forms as one: without LANGUAGE, else the first', () => {
    const { whole } = read(
      'VERSION:4.0',
      'FN:A B',
      'ADR;ALTID=1;LANGUAGE=de:;;Weg 1;Wien;;;',
      'ADR;ALTID=1;LANGUAGE=en:;;Weg 1;Vienna;;;',
      'ADR;ALTID=2;TYPE=work:;;Gasse 2;;;;',
      'TITLE;ALTID=1;LANGUAGE=fr:Patronne',
      'TITLE;ALTID=1:Boss',
      'NOTE;ALTID=a;LANGUAGE=de:Eins',
      'NOTE;ALTID=a;LANGUAGE=en:One',
    )
    assert.deepEqual(
      whole.addresses.map(({ street, city }) => [street, city]),
      [
        ['Weg 1', 'Wien'],
        ['Gasse 2', null],
      ],
    )
    assert.deepEqual([whole.job_title, whole.additional_data], ['Boss', 'Eins'])
  })

  it('reads a full name that is the nickname as the name, unless an N says that there is none', () => {
    const named = read('VERSION:4.0', 'FN:Jonas Fuchs', 'NICKNAME:Jonas Fuchs')
    const { first_name, last_name, nickname } = named.whole
    assert.deepEqual([first_name, last_name, nickname], ['Jonas', 'Fuchs', 'Jonas Fuchs'])
    const nameless = read('VERSION:4.0', 'FN:Jonas Fuchs', 'N:;;;;', 'NICKNAME:Jonas Fuchs')
    assert.deepEqual(nameless.contact, { nickname: 'Jonas Fuchs' })
  })

  it('reads every type of a relation', () => {
    const { whole } = read(
      'VERSION:4.0',
      'FN:A B',
      'RELATED;TYPE=contact;VALUE=text:C',
      'TEL;TYPE=contact:1',
    )
    assert.deepEqual(whole.relations, [{ label: 'contact', value: 'C' }])
    assert.deepEqual(whole.phones, [{ label: null, value: '1' }])
  })

  it('reads 2.1 of Android and Outlook: quoted-printable, bare parameters, code pages', () => {
    const { contact, whole } = read(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;',
      'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=',
      '=C3=BCller',
      'TEL;CELL;PREF:1',
      'TEL;X-Boat:2',
      'TEL;WORK;FAX;VOICE:3',
      'NOTE;QUOTED-PRINTABLE;CHARSET=windows-1252:=80 5=0D=0AC:\\new',
      'ADR;WORK;PREF:;;1 Street, North;Bern;;3000;CH',
    )
    assert.equal(contact['last_name'], 'Müller')
    assert.equal(contact['first_name'], 'Jörg')
    assert.equal(contact['additional_data'], '€ 5\nC:\\new')
    assert.deepEqual(
      whole.phones.map(({ label }) => label),
      ['mobile', 'Boat', 'work fax'],
    )
    const outlook = 'BEGIN:VCARD\r\nVERSION:2.1\r\nN:Müller;Jörg\r\nNOTE:5 €\r\nEND:VCARD\r\n'
    const bytes = Buffer.from(outlook.replace('€', '\x80'), 'latin1')
    const { contact: read1252 } = readCard(decodeVcard(bytes))
    assert.deepEqual([read1252.last_name, read1252.additional_data], ['Müller', '5 €'])
  })

  it('takes the name from FN if N is empty, unless FN repeats an e-mail address or a company', () => {
    const name = (...lines: string[]) => {
      const { first_name, last_name, company } = read('VERSION:3.0', ...lines).contact
      return [first_name, last_name, company]
    }
    assert.deepEqual(name('FN:Ada King Lovelace'), ['Ada King', 'Lovelace', undefined])
    assert.deepEqual(name('FN:Cher', 'N:;;;;'), ['Cher', undefined, undefined])
    assert.deepEqual(name('FN:Lovelace, Ada'), ['Lovelace, Ada', undefined, undefined])
    assert.deepEqual(name('FN:Acme', 'ORG:Acme'), [undefined, undefined, 'Acme'])
    assert.deepEqual(name('ORG:Acme'), [undefined, undefined, 'Acme'])
    assert.deepEqual(name('FN:a@example.org', 'EMAIL:a@example.org'), Array(3).fill(undefined))
    assert.deepEqual(name('FN:Acme Ltd', 'X-ABShowAs:COMPANY'), [undefined, undefined, 'Acme Ltd'])
    assert.deepEqual(name('N:;;;;', 'FN:B A', 'N;PHONETIC=ipa:x;y'), ['B', 'A', undefined])
  })

  it('reads on a text in which a program did not escape its line breaks', () => {
    const note = (...lines: string[]) => read('VERSION:3.0', 'FN:A', ...lines, 'TEL:1').whole
    const texts: [lines: string[], note: string][] = [
      [['NOTE:one', 'two', 'three'], 'one\ntwo\nthree'],
      [['NOTE:one', '', 'two', '', ''], 'one\n\ntwo'],
      [['NOTE:Open:', 'Mo-Fr: 9-12', 'by appointment'], 'Open:\nMo-Fr: 9-12\nby appointment'],
      [
        ['NOTE:see', 'https://example.org', '9:00', 'TERMIN: 12'],
        'see\nhttps://example.org\n9:00\nTERMIN: 12',
      ],
      [['NOTE:one', 'Öffnung:9'], 'one\nÖffnung:9'],
      [['NOTE;ENCODING=QUOTED-PRINTABLE:=C3=A4', 'b'], 'ä\nb'],
      [['NOTE:one', 'OTHER;X=y:z', 'more'], 'one'],
      [['NOTE:one', 'x-own:z'], 'one'],
    ]
    for (const [lines, text] of texts) {
      const { additional_data, phones } = note(...lines)
      assert.deepEqual([additional_data, phones.length], [text, 1])
    }
    const street = note('ADR:;;One Way', 'Backyard;Bern;;;').addresses[0]
    assert.deepEqual([street?.street, street?.city], ['One Way\nBackyard', 'Bern'])
    const stray = read('VERSION:3.0', 'TEL:1', 'stray')
    assert.deepEqual([stray.whole.phones[0]?.value, stray.unread], ['1', 'stray'])
  })

  it('reads texts in base64', () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const { contact, categories } = read(
      'VERSION:2.1',
      `N;CHARSET=UTF-8;ENCODING=BASE64:${base64('Börner;Klara;;;')}`,
      '',
      `FN;BASE64:${base64('Klara Börner')}`,
      `NOTE;ENCODING=B:${base64('one\r\ntwo').slice(0, 6)}`,
      ` ${base64('one\r\ntwo').slice(6)}`,
      `TITLE;ENCODING=BASE64;CHARSET=windows-1251:${Buffer.of(0xc8, 0xe2, 0xe0, 0xed).toString('base64')}`,
      `TEL;CELL;BASE64:${base64('+1 2')}`,
      `ADR;HOME;BASE64:${base64(';;Weg 1;Bern;;;')}`,
      `CATEGORIES;BASE64:${base64('a,b')}`,
      'ORG;BASE64:no base64!',
      'NICKNAME;BASE64:AAECAw==',
    )
    const { addresses, ...texts } = contact
    assert.deepEqual(texts, {
      last_name: 'Börner',
      first_name: 'Klara',
      additional_data: 'one\ntwo',
      job_title: 'Иван',
      company: 'no base64!',
      nickname: 'AAECAw==',
      phones: [{ label: 'mobile', value: '+1 2' }],
    })
    assert.partialDeepStrictEqual(addresses, [{ label: 'home', street: 'Weg 1' }])
    assert.deepEqual(categories, ['a', 'b'])
  })

  it('reads on behind a soft line break, over blank lines and folds', () => {
    const read21 = (...lines: string[]) => read('VERSION:2.1', ...lines).whole
    const qp = 'CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE'
    const over = (...lines: string[]) => {
      const { additional_data, phones } = read21(`NOTE;${qp}:one=20=`, ...lines, 'TEL:1')
      return [additional_data, phones.length]
    }
    assert.deepEqual(over('', 'tw=C3=B6'), ['one twö', 1])
    assert.deepEqual(over('', '', 'see http://example.org/=', '', 'path'), [
      'one see http://example.org/path',
      1,
    ])
    assert.deepEqual(over(''), ['one', 1])
    const folded = read21(`N;${qp}:Kot;=D0=A2=D0=`, ' =B0=D0=BC=', '\t=D0=B0')
    assert.equal(folded.first_name, 'Тама')
    assert.equal(read21(`NOTE;${qp}:a =`, ' =20b').additional_data, 'a  b')
  })

  it('reads the rows that Android adds, and the custom fields of Thunderbird', () => {
    const row = (kind: string, rest: string) =>
      `X-ANDROID-CUSTOM:vnd.android.cursor.item/${kind};${rest};;;;;;;;;;;;`
    const { contact } = read(
      'VERSION:3.0',
      'NICKNAME:Dosh',
      row('nickname', 'Dosh;1'),
      row('nickname', 'Do\\;sh;1'),
      row('contact_event', '2010-05-06;1;'),
      row('contact_event', '2010-07-15;0;MyEvent'),
      row('contact_event', '--07-15;2'),
      row('relation', 'Ina;14;'),
      row('relation', 'Eve;0;Boss'),
      row('something', 'a;1'),
      row('nickname', ';1'),
      'X-CUSTOM1:one',
    )
    assert.deepEqual(contact, {
      nickname: 'Dosh, Do;sh',
      dates: [
        { label: 'anniversary', value: '2010-05-06' },
        { label: 'MyEvent', value: '2010-07-15' },
        { label: 'other', value: '--07-15' },
      ],
      relations: [
        { label: 'spouse', value: 'Ina' },
        { label: 'Boss', value: 'Eve' },
      ],
      custom_fields: [{ label: 'Custom 1', value: 'one' }],
    })
  })

  it('reads labels however programs spell their types', () => {
    const label = (line: string, ...others: string[]) =>
      read('VERSION:3.0', line, ...others).whole.phones[0]?.label
    assert.equal(label('TEL;TYPE=HOME\\,VOICE:1'), 'home')
    assert.equal(label('TEL;TYPE=WORK\\,FAX:1'), 'work fax')
    assert.equal(label('TEL;FAX,WORK:1'), 'work fax')
    assert.equal(label('TEL;TYPE:1'), null)
    const custom = 'X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=C3=BC=72=6F)'
    assert.equal(label(`TEL;${custom}:1=`), 'Büro')
    assert.equal(label('TEL;X-CUSTOM(Boat):1'), 'Boat')
    assert.equal(label('a.TEL:1', 'a.X-ABLabel:WORK\\;VOICE\\;PREF'), 'work')
    assert.equal(label('a.TEL:1', 'a.X-ABLabel:Work\\; at times'), 'Work; at times')
  })

  it('reads the number of a tel: URI, and an encoding without its full name', () => {
    assert.deepEqual(read('VERSION:4.0', 'TEL:tel:+49-30-1234').whole.phones, [
      { label: null, value: '+49-30-1234' },
    ])
    const { job_title } = read('VERSION:2.1', 'TITLE;ENCODING=QUOTED:R=C3=A9').whole
    assert.equal(job_title, 'Ré')
  })

  it('joins the lists in a name, but takes no comma of a text for one', () => {
    const name = (version: string, line: string) => {
      const { first_name, middle_name, prefix, last_name } = read(version, line).whole
      return [prefix, first_name, middle_name, last_name]
    }
    const joined = ['Dr. Prof.', 'Ann Eva', 'B C', 'Bee']
    assert.deepEqual(name('VERSION:3.0', 'N:Bee;Ann,Eva;B,C,;Dr.,Prof.;'), joined)
    assert.deepEqual(name('VERSION:4.0', 'N:Bee;Ann,Eva;B,,C;Dr.,Prof.;'), joined)
    const text = [null, 'A\\,', null, 'Bee, Jr.']
    assert.deepEqual(name('VERSION:3.0', 'N:Bee, Jr.;A\\\\\\,;;;'), text)
    assert.deepEqual(name('VERSION:2.1', 'N:Bee;Ann,Eva'), [null, 'Ann,Eva', null, 'Bee'])
  })

  it('reads birthdays in all their forms, and other texts as dates', () => {
    const birthday = (line: string) => {
      const { birthday, dates } = read('VERSION:3.0', line).whole
      return birthday ?? dates[0]
    }
    const forms: [line: string, expected: unknown][] = [
      ['BDAY:1985-04-12', '1985-04-12'],
      ['BDAY:19850412', '1985-04-12'],
      ['BDAY:1985-04-12T23:20:50Z', '1985-04-12'],
      ['BDAY;VALUE=date:1985-04-12', '1985-04-12'],
      ['BDAY:--0412', '--04-12'],
      ['BDAY:--04-12', '--04-12'],
      ['BDAY:1604-04-12', '--04-12'],
      ['BDAY;X-APPLE-OMIT-YEAR=1700:1700-04-12', '--04-12'],
      ['BDAY;X-APPLE-OMIT-YEAR=0001:1604-04-12', '1604-04-12'],
      ['BDAY:31.12.1971', '1971-12-31'],
      ['BDAY:1971/12/31', '1971-12-31'],
      ['BDAY:1977-9-8', '1977-09-08'],
      ['BDAY:19561001000000', '1956-10-01'],
      ['BDAY:0000-05-06', '--05-06'],
      ['BDAY:Jan 1\\, 1970', '1970-01-01'],
      ['BDAY:3/4/1985', { label: 'birthday', value: '3/4/1985' }],
      ['BDAY:1985-04', { label: 'birthday', value: '1985-04' }],
      ['BDAY;VALUE=text:circa 1800', { label: 'birthday', value: 'circa 1800' }],
      ['BDAY:1985-02-29', { label: 'birthday', value: '1985-02-29' }],
      ['BDAY;CALSCALE=gregorian:19850412', '1985-04-12'],
      ['BDAY;CALSCALE=chinese:19850412', { label: 'birthday', value: 'chinese 19850412' }],
      ['BDAY:', undefined],
    ]
    for (const [line, expected] of forms) assert.deepEqual(birthday(line), expected, line)
  })

  it('reads further birthdays as dates, but no other form of the same one', () => {
    const birthdays = (...lines: string[]) => {
      const { birthday, dates } = read('VERSION:4.0', ...lines).whole
      return [birthday, ...dates.map(({ label, value }) => `${label} ${value}`)]
    }
    assert.deepEqual(birthdays('BDAY:soon', 'BDAY:19800506', 'BDAY:19800605'), [
      '1980-05-06',
      'birthday soon',
      'birthday 1980-06-05',
    ])
    assert.deepEqual(birthdays('BDAY:1980-05-06', 'BDAY:19800506'), ['1980-05-06'])
    const forms = ['BDAY;ALTID=1:19800506', 'BDAY;ALTID=1:19800507', 'BDAY;ALTID=2:19800508']
    assert.deepEqual(birthdays(...forms), ['1980-05-06', 'birthday 1980-05-08'])
  })

  it('reads nicknames in their order, however many a line has', () => {
    const nickname = (...lines: string[]) => read('VERSION:4.0', ...lines).whole.nickname
    assert.equal(nickname('NICKNAME:First,Alias', 'NICKNAME:Second'), 'First, Alias, Second')
    const ranked = ['NICKNAME;PREF=2:Second', 'NICKNAME;PREF=1:First,Alias', 'NICKNAME:Third']
    assert.equal(nickname(...ranked), 'First, Alias, Second, Third')
    assert.equal(nickname('NICKNAME:A\\, B'), 'A, B')
  })

  it('reads groups of Apple and of 4.0', () => {
    const apple = read(
      'VERSION:3.0',
      'FN:Friends',
      'X-ADDRESSBOOKSERVER-KIND:group',
      'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:A-1',
    )
    const standard = read('VERSION:4.0', 'KIND:group', 'FN:Friends', 'MEMBER:urn:uuid:A-1')
    for (const { kind, members, fullName } of [apple, standard]) {
      assert.deepEqual([kind, members, fullName], ['group', ['A-1'], 'Friends'])
    }
  })

  it('takes nothing in quotes for the encoding of a value', () => {
    const notes = [
      'NOTE;X-FROM="data:image/png;base64,aGVsbG8h":aGVsbG8h',
      'NOTE;X-FROM="a;b;c":aGVsbG8h',
      'NOTE;X-FROM="a;ENCODING=QUOTED-PRINTABLE":a=41b=',
    ]
    for (const note of notes) {
      const { contact } = read('VERSION:4.0', 'FN:A B', note, 'TITLE:Boss')
      assert.equal(contact['additional_data'], note.replace(/.*":/, ''))
      assert.equal(contact['job_title'], 'Boss')
    }
  })

  it('reads an address that is known only in its printed form', () => {
    const shown = (...lines: string[]) => read(...lines).whole.addresses.map(({ street }) => street)
    assert.deepEqual(shown('LABEL;WORK;QUOTED-PRINTABLE:401 Park=0ABoston'), ['401 Park\nBoston'])
    assert.deepEqual(shown('VERSION:4.0', 'ADR;LABEL="1 Way^nBern":;;;;;;'), ['1 Way\nBern'])
    assert.deepEqual(shown('ADR;TYPE=WORK:;;S;;;;', 'LABEL;TYPE=WORK:S'), ['S'])
  })

  it('reads a card with a nested one, without END, or without a version', () => {
    const nested = read(
      'VERSION:2.1',
      'FN:A B',
      'AGENT:',
      'BEGIN:VCARD',
      'FN:C',
      'TEL:1',
      'END:VCARD',
    )
    assert.deepEqual(nested.contact, { first_name: 'A', last_name: 'B' })
    const open = readCard('\ufeffbegin:vcard\nfn:A B\n')
    assert.deepEqual([open.version, open.isComplete, open.contact.first_name], [null, false, 'A'])
    assert.equal(nested.isComplete, true)
  })
})
