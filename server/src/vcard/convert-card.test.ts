import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { convertCard } from './convert-card.ts'
import { readCard } from './read-card.ts'

/** The lines of a card after its conversion, without those that every card has, and former ones. */
function converted(version: '3.0' | '4.0', lines: string[]): string[] {
  const from = version === '3.0' ? '4.0' : '3.0'
  const frame = ['BEGIN:VCARD', `VERSION:${from}`, 'FN:A B', 'N:B;A;;;']
  const text = [...frame, ...lines, 'END:VCARD', ''].join('\r\n')
  const all = convertCard(text, version).replaceAll('\r\n ', '').split('\r\n')
  assert.deepEqual(all.slice(0, 2), ['BEGIN:VCARD', `VERSION:${version}`])
  return all.slice(2).filter((line) => !/^(?:FN|N|END|X-KITH-FORMER):|^$/.test(line))
}

describe('converting a card', () => {
  it('writes lines of 3.0 in 4.0', () => {
    const table: [from: string[], to: string[]][] = [
      [['TEL;TYPE=HOME,PREF:1'], ['TEL;TYPE=HOME;PREF=1:1']],
      [['EMAIL;TYPE=INTERNET;TYPE=HOME:a@b.c'], ['EMAIL;TYPE=HOME:a@b.c']],
      [['BDAY;X-APPLE-OMIT-YEAR=1604:1604-08-20'], ['BDAY:--0820']],
      [['BDAY;VALUE=date:1996-04-15'], ['BDAY:19960415']],
      [['BDAY:1996-10-22T14:00:00Z'], ['BDAY:19961022T140000Z']],
      [
        ['item1.X-ABRELATEDNAMES:Zoe', 'item1.X-ABLabel:_$!<YoungerSister>!$_'],
        ['item1.RELATED;VALUE=text:Zoe', 'item1.X-ABLabel:_$!<YoungerSister>!$_'],
      ],
      [['KEY;ENCODING=b;TYPE=PGP:bWFp'], ['KEY:data:application/pgp-keys;base64,bWFp']],
      [['PHOTO;ENCODING=b;TYPE=GIF:R0lGODlh'], ['PHOTO:data:image/gif;base64,R0lGODlh']],
      [['SOUND;TYPE=WORK,OGG;ENCODING=b:T2dnUw=='], ['SOUND:data:audio/ogg;base64,T2dnUw==']],
      [['LOGO;ENCODING=b;TYPE=SVG+XML:PHN2Zz4='], ['LOGO:data:image/svg+xml;base64,PHN2Zz4=']],
      [['KEY;ENCODING=b:bWFp'], ['KEY:data:application/octet-stream;base64,bWFp']],
      [['ADR;TYPE=HOME:;;S;C;;;', 'LABEL;TYPE=HOME:S\\nC'], ['ADR;TYPE=HOME;LABEL=S^nC:;;S;C;;;']],
      [['LABEL;TYPE=WORK:S, C'], ['ADR;TYPE=WORK;LABEL="S, C":;;;;;;']],
      [
        ['item1.X-ABDATE:2001-02-03', 'item1.X-ABLabel:_$!<Anniversary>!$_'],
        ['ANNIVERSARY:20010203'],
      ],
      [
        ['item1.X-ABRELATEDNAMES:Eve', 'item1.X-ABLabel:_$!<Spouse>!$_'],
        ['RELATED;VALUE=text;TYPE=spouse:Eve'],
      ],
      [
        ['X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1'],
        ['KIND:group', 'MEMBER:urn:uuid:1'],
      ],
      [
        ['GEO:37.386;-122.08', 'REV:1995-10-31T22:27:10Z'],
        ['GEO:geo:37.386,-122.08', 'REV:19951031T222710Z'],
      ],
      [
        ['X-ABShowAs:COMPANY', 'X-OTHER;X-P=a^b:c'],
        ['KIND:org', 'X-OTHER;X-P=a^^b:c'],
      ],
      [
        ['item1.URL;X-P=1:http://a', 'item1.X-ABLabel:Own'],
        ['item1.URL;X-P=1:http://a', 'item1.X-ABLabel:Own'],
      ],
    ]
    for (const [from, to] of table) assert.deepEqual(converted('4.0', from), to)
  })

  it('writes lines of 4.0 in 3.0, without parameters that its readers misread', () => {
    const table: [from: string[], to: string[]][] = [
      [
        ['TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1;ext=2', 'TEL;PREF=2:2'],
        ['TEL;TYPE=voice;TYPE=home;TYPE=PREF;X-KITH-VALUE=uri:+1\\;ext=2', 'TEL:2'],
      ],
      [['EMAIL;PID=1.1;ALTID=1;TYPE=home;X-P=1:a@b.c'], ['EMAIL;TYPE=home;X-P=1:a@b.c']],
      [['BDAY:--0820'], ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-08-20']],
      [
        ['BDAY;ALTID=1:19960415', 'BDAY;ALTID=1;VALUE=text:spring'],
        [
          'BDAY:1996-04-15',
          'X-KITH-BDAY;ALTID=1;VALUE=text:spring',
          'item1.X-ABDATE:spring',
          'item1.X-ABLabel:birthday',
        ],
      ],
      [['PHOTO:data:image/gif;base64,R0lGODlh'], ['PHOTO;ENCODING=b;TYPE=GIF:R0lGODlh']],
      [['PHOTO:https://example.org/a'], ['PHOTO;VALUE=uri:https://example.org/a']],
      [
        ['ADR;LABEL="S^nC";GEO="geo:1,2";CC=CH:;;S;C;;;;room;;9'],
        [
          'ADR;X-KITH-GEO="geo:1,2";X-KITH-CC=CH;X-KITH-PARTS="room;;9":;;S;C;;;',
          'LABEL;X-KITH-OF=ADR:S\\nC',
        ],
      ],
      [
        ['ANNIVERSARY:20010203'],
        ['item1.X-ABDATE:2001-02-03', 'item1.X-ABLabel:_$!<Anniversary>!$_'],
      ],
      [
        ['RELATED;TYPE=spouse;VALUE=text:Eve'],
        ['item1.X-ABRELATEDNAMES:Eve', 'item1.X-ABLabel:_$!<Spouse>!$_'],
      ],
      [
        ['KIND:group', 'MEMBER:urn:uuid:1'],
        ['X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1'],
      ],
      [
        ['KIND:org', 'GEO:geo:37.386,-122.08'],
        ['X-ABShowAs:COMPANY', 'GEO:37.386;-122.08'],
      ],
      [
        ['SOCIALPROFILE;SERVICE-TYPE=Mastodon;USERNAME=a:https://m.org/@a', 'XML:<a/>'],
        ['X-SOCIALPROFILE;TYPE=Mastodon;X-USER=a:https://m.org/@a', 'X-KITH-XML:<a/>'],
      ],
      [
        ['N;ALTID=1;PHONETIC=ipa:x;y;z;;', 'FN;ALTID=2:Other', 'GENDER:F'],
        [
          'X-KITH-N;ALTID=1;PHONETIC=ipa:x;y;z;;',
          'X-KITH-FN;ALTID=2:Other',
          'GENDER:F',
          'X-PHONETIC-FIRST-NAME:y',
          'X-PHONETIC-MIDDLE-NAME:z',
          'X-PHONETIC-LAST-NAME:x',
        ],
      ],
      [['BDAY:19531015T231000Z'], ['BDAY:1953-10-15T23:10:00Z']],
      [['BDAY:19531015T23'], ['BDAY;X-KITH-TIME=T23:1953-10-15']],
      [
        ['ANNIVERSARY;X-P=1:20090808T1430-0500'],
        [
          'item1.X-ABDATE;X-P=1;X-KITH-TIME=T1430-0500:2009-08-08',
          'item1.X-ABLabel:_$!<Anniversary>!$_',
        ],
      ],
      [
        ['KEY;MEDIATYPE=application/pgp-keys:ftp://example.org/a'],
        ['KEY;X-KITH-MEDIATYPE=application/pgp-keys;VALUE=uri:ftp://example.org/a'],
      ],
      [['KEY:data:application/pgp-keys;base64,bWFp'], ['KEY;ENCODING=b;TYPE=PGP:bWFp']],
      [
        ['IMPP;SERVICE-TYPE=Jabber;USERNAME=a:xmpp:a@b.c'],
        ['IMPP;X-KITH-USERNAME=a;X-SERVICE-TYPE=Jabber:xmpp:a@b.c'],
      ],
      [
        ['TITLE;PREF=3:c', 'ROLE:r', 'TITLE;PREF=1:a', 'TITLE;PREF=2:b'],
        ['TITLE;TYPE=PREF:a', 'ROLE:r', 'TITLE:b', 'TITLE:c'],
      ],
      [
        ['TEL;PREF=3:3', 'TEL;PREF=2:2', 'TEL;PREF=1:1', 'TEL:4'],
        ['TEL;TYPE=PREF:1', 'TEL:2', 'TEL:3', 'TEL:4'],
      ],
    ]
    for (const [from, to] of table) assert.deepEqual(converted('3.0', from), to)
  })

  it('writes in the form of the version what programs spell in other ways', () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQ=='
    const data = `PHOTO:data:image/png;base64,${png}`
    const to4: [from: string[], to: string[]][] = [
      [[`PHOTO;TYPE=png:${png}`], [data]],
      [[`PHOTO;VALUE=binary:${png}`], [data]],
      [[`PHOTO;ENCODING=b;TYPE=png:data:image/png;base64,${png}`], [data]],
      [['GEO:37.386,-122.08'], ['GEO:geo:37.386,-122.08']],
      [['ANNIVERSARY:2014-08-12'], ['ANNIVERSARY:20140812']],
    ]
    for (const [from, to] of to4) assert.deepEqual(converted('4.0', from), to)
    const to3: [from: string[], to: string[]][] = [
      [['TEL:tel:+49-30-1234'], ['TEL:+49-30-1234']],
      [
        ['ADR;LABEL="Weg 1\\n20457 Hamburg":;;Weg 1;Hamburg;;20457;'],
        ['ADR:;;Weg 1;Hamburg;;20457;', 'LABEL;X-KITH-OF=ADR:Weg 1\\n20457 Hamburg'],
      ],
      [['GEO:geo:46.77\\,-71.28'], ['GEO:46.77;-71.28']],
      [['BDAY;PROP-ID=a:20140812'], ['BDAY:2014-08-12']],
    ]
    for (const [from, to] of to3) assert.deepEqual(converted('3.0', from), to)
    const old = 'BEGIN:VCARD\nVERSION:2.1\nN:A\nGEO:52.5,13.4\nEND:VCARD\n'
    assert.match(convertCard(old, '3.0'), /\nGEO:52.5;13.4\n/)
  })

  it('keeps the order of a name, and the URIs and types of relations', () => {
    const roundTrip = (...lines: string[]) => {
      const card = ['BEGIN:VCARD', 'VERSION:4.0', 'FN:A', ...lines, 'END:VCARD', ''].join('\r\n')
      const three = convertCard(card, '3.0').split('\r\n')
      const four = convertCard(three.join('\r\n'), '4.0').replaceAll('\r\n ', '').split('\r\n')
      return [three.find((line) => line.startsWith('SORT-STRING')), ...four.slice(3, -2)]
    }
    const name = 'N;SORT-AS="Reh,Ilse":von Reh;Ilse;;;'
    assert.deepEqual(roundTrip(name), ['SORT-STRING:Reh', name])
    assert.deepEqual(roundTrip('N;SORT-AS=Reh:von Reh;;;;'), [
      'SORT-STRING:Reh',
      'N;SORT-AS=Reh:von Reh;;;;',
    ])
    const relations = [
      'N:A;;;;',
      'RELATED;TYPE=friend:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      'RELATED;VALUE=text;TYPE=co-worker:Eve',
    ]
    assert.deepEqual(roundTrip(...relations), [undefined, ...relations])
  })

  it('restores from 3.0 what only 4.0 can express', () => {
    const lines = [
      'N;ALTID=1;PHONETIC=ipa:x;y;;;',
      'FN;ALTID=2;LANGUAGE=jp:Other',
      'BDAY;ALTID=1:19960415T143000-0500',
      'BDAY;ALTID=1;CALSCALE=chinese:19960228',
      'ADR;GEO="geo:1,2";TZ=-0500;CC=CH:;;S;C;;;;room;a\\,b;"9"',
      'KEY;MEDIATYPE=application/pgp-keys;VALUE=uri:ftp://example.org/a',
      'IMPP;USERNAME="a,b":xmpp:a@b.c',
      'HOBBY;INDEX=1;LEVEL=high:reading',
      'XML:<a/>',
      'CLIENTPIDMAP:1;urn:uuid:1',
    ]
    const frame = ['BEGIN:VCARD', 'VERSION:4.0', 'FN:A B', 'N;ALTID=1:B;A;;;']
    const text = [...frame, ...lines, 'END:VCARD', ''].join('\r\n')
    const back = convertCard(convertCard(text, '3.0'), '4.0').replaceAll('\r\n ', '')
    const found = new Set(back.split('\r\n'))
    const missing = [...frame, ...lines].filter((line) => !found.has(line))
    assert.deepEqual(missing, [])
  })

  it('keeps the other forms of a value on the way through 3.0, which has one', () => {
    const text = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:A B',
      'N:B;A;;;',
      'TITLE;ALTID=1;LANGUAGE=fr:Patronne',
      'TITLE;ALTID=1;LANGUAGE=en:Boss',
      'ADR;ALTID=1;LANGUAGE=de:;;Weg 1;Wien;;;',
      'ADR;ALTID=1;LANGUAGE=en:;;Weg 1;Vienna;;;',
      'END:VCARD',
      '',
    ].join('\r\n')
    const three = convertCard(text, '3.0')
    assert.deepEqual(readCard(three).contact, readCard(text).contact)
    assert.equal(three.match(/^ADR/gm)?.length, 1)
    const back = convertCard(three, '4.0')
    assert.deepEqual(back.split('\r\n').toSorted(), text.split('\r\n').toSorted())
  })

  for (const [one, other, ...further] of [
    ['TEL;ALTID=3:+1', 'TEL;ALTID=3:+2', 'TEL;PREF=50:+5', 'TEL;PREF=1:+9'],
    [
      'EMAIL;ALTID=3:a@x.org',
      'EMAIL;ALTID=3:b@x.org',
      'EMAIL;PREF=2:c@x.org',
      'EMAIL;PREF=1:d@x.org',
    ],
    [
      'ADR;ALTID=1;LANGUAGE=uk:;;Вулиця 1;;;;',
      'ADR;ALTID=1;LANGUAGE=en:;;Street 1;;;;',
      'ADR;PREF=2:;;C;;;;',
      'ADR;PREF=1:;;D;;;;',
    ],
    [
      'URL;ALTID=3:https://a',
      'URL;ALTID=3:https://b',
      'URL;PREF=2:https://c',
      'URL;PREF=1:https://d',
    ],
  ] satisfies [string, string, ...string[]][]) {
    it(`keeps the other form of a value that moves behind it: ${one}`, () => {
      const lines = [one, other, ...further]
      const text = ['BEGIN:VCARD', 'VERSION:4.0', 'FN:A', 'N:A;;;;', ...lines, 'END:VCARD', '']
      // A phone adds a line, so that the 3.0 is kept.
      const three = convertCard(text.join('\r\n'), '3.0').replace('END:', 'X-TOUCH:1\r\nEND:')
      const back = convertCard(three, '4.0').split('\r\n')
      assert.deepEqual(back.filter((line) => lines.includes(line)).toSorted(), lines.toSorted())
      assert.ok(back.indexOf(one) < back.indexOf(other), 'the one that counts is the first')
    })
  }

  describe('what the other version cannot state', () => {
    const stored = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN;PID=1.1:A B',
      'N;PID=1.1:B;A;;;;Second;Jr.',
      'ORG;SORT-AS="Acme":The Acme;Sales',
      'TEL;TYPE=home;PREF=1:1',
      'TEL;PREF=2;TYPE=work:2',
      'TEL;PREF=3:3',
      'RELATED;TYPE=spouse,emergency;VALUE=text:Eve',
      'BDAY:1996-04',
      'END:VCARD',
      '',
    ]
    const unfolded = (card: string) => card.replaceAll('\r\n ', '').split('\r\n')
    const three = convertCard(stored.join('\r\n'), '3.0')

    it('stands on lines of its own, where no program takes it for a part of a name', () => {
      const lines = unfolded(three).filter((line) => !line.startsWith('X-KITH-FORMER:'))
      assert.deepEqual(
        lines.filter((line) => /^(?:FN|N|ORG|TEL)\b/.test(line)),
        [
          'FN:A B',
          'N:B;A;;;',
          'ORG:The Acme;Sales',
          'TEL;TYPE=home;TYPE=PREF:1',
          'TEL;TYPE=work:2',
          'TEL:3',
        ],
      )
      assert.ok(!lines.some((line) => /PID|SORT-AS|PREF=\d/.test(line)))
    })

    it('is there again in the card that comes back', () => {
      assert.deepEqual(unfolded(convertCard(three, '4.0')).toSorted(), stored.toSorted())
    })

    it('is there again in all that somebody has left alone', () => {
      const edited = three
        .replace('\r\nTEL;TYPE=work:2', '\r\nTEL;type=WORK:2')
        .replace('\r\nORG:The Acme;Sales', '\r\nORG:The Acme\\;Sales')
        .replace('\r\nTEL:3', '\r\nTEL:33')
      const back = unfolded(convertCard(edited, '4.0'))
      assert.deepEqual(
        back.filter((line) => /^(?:item\d\.)?(?:ORG|TEL|N)\b/.test(line)),
        [
          'N;PID=1.1:B;A;;;;Second;Jr.',
          'ORG:The Acme\\;Sales',
          'TEL;TYPE=home;PREF=1:1',
          'TEL;PREF=2;TYPE=work:2',
          'TEL;PREF=3:33',
        ],
      )
      assert.ok(!back.some((line) => line.startsWith('X-KITH-FORMER')))
    })

    it('is left out where its line was damaged', () => {
      for (const damage of ['%', '%0AX', '', 'FN:B']) {
        const damaged = three.replaceAll(/(?<=X-KITH-FORMER:\w+ )(?:\S|\r\n )+/g, damage)
        assert.deepEqual(readCard(convertCard(damaged, '4.0')).contact, readCard(three).contact)
      }
    })
  })

  it('adds missing FN and N', () => {
    const card = 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A B\r\nEND:VCARD\r\n'
    assert.match(convertCard(card, '3.0'), /\r\nN:B;A;;;\r\n/)
    const nameless = 'BEGIN:VCARD\r\nVERSION:2.1\r\nORG:Acme\r\nEND:VCARD\r\n'
    assert.match(convertCard(nameless, '3.0'), /\r\nFN:Acme\r\n[^]*N:;;;;\r\n/)
  })

  it('does not change a card that is in the version already', () => {
    const card = 'BEGIN:VCARD\nVERSION:3.0\nTEL;PREF=1:1\nEND:VCARD'
    assert.equal(convertCard(card, '3.0'), card)
  })
})
