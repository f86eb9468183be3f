import fc from 'fast-check'

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQ=='

/** Values of the properties of RFC 6350, RFC 6474, RFC 6715 and RFC 9554, some with what they need. */
const values4: Record<string, string[]> = {
  N: ['B;A;;;', 'B,C;A;D,E;Dr.;Jr.', 'B;A;;;;Second;Jr.'],
  'N;ALTID=1;LANGUAGE=ja': ['Be;Ah;;;'],
  'N;ALTID=1;PHONETIC=ipa': ['bi;ei;;;'],
  FN: ['A B', 'A\\, B'],
  'FN;ALTID=1;LANGUAGE=ja': ['Be Ah'],
  KIND: ['individual', 'INDIVIDUAL', 'org'],
  SOURCE: [':https://example.org/a.vcf'],
  XML: ['<a xmlns="urn:x">b</a>'],
  NICKNAME: ['Bob,Bobby', 'Bo\\,b'],
  PHOTO: [`data:image/png;base64,${png}`, 'https://example.org/a.png'],
  BDAY: ['19960415', '--0415', '1996-04', '1996', '---15', '19531015T231000Z', '--0203T10'],
  'BDAY;VALUE=text': ['circa 1800'],
  'BDAY;CALSCALE=hebrew': ['57560725'],
  ANNIVERSARY: ['20090808T1430-0500', '--0203', '2009-08'],
  'ANNIVERSARY;VALUE=text': ['in spring'],
  GENDER: ['M', "O;it's complicated"],
  ADR: [
    ';;Weg 1;Wien;;1010;Austria',
    ';;a,b;c;;;',
    ';;S;C;;;;room;ap;fl;1;Weg;b;blk;sub;dis;lm;dir',
  ],
  'ADR;LABEL="Line, 1^nLine 2"': [';;Weg 1;Wien;;1010;Austria'],
  'ADR;GEO="geo:1,2";TZ=-0500;CC=DE': [';;Weg 1;Wien;;1010;Austria'],
  TEL: ['+49 1', '1\\,2'],
  'TEL;VALUE=uri': ['tel:+1-555-555-5555', 'tel:+1-555;ext=5555', 'sip:a@example.org'],
  EMAIL: ['a@example.org', 'ä@example.org'],
  IMPP: ['xmpp:a@example.org', 'im:a%20b'],
  'IMPP;SERVICE-TYPE=Jabber;USERNAME=a': ['xmpp:a@example.org'],
  LANG: ['de', 'fr'],
  TZ: ['Raleigh/North America', '-0500'],
  GEO: ['geo:37.386013,-122.082932', 'geo:37.386013,-122.082932;u=10'],
  TITLE: ['Boss', 'Boss\\; more'],
  ROLE: ['Lead'],
  LOGO: [`data:image/png;base64,${png}`, 'https://example.org/a.png'],
  ORG: ['Acme', 'Acme\\, Inc.;North;Sales'],
  'ORG;SORT-AS="Ac,No"': ['Acme', 'Acme;North'],
  MEMBER: ['urn:uuid:1', 'mailto:a@example.org'],
  RELATED: ['urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'https://example.org/a'],
  'RELATED;TYPE=spouse,emergency;VALUE=text': ['Eve'],
  'RELATED;TYPE=co-worker;VALUE=text': ['Eve', 'Please\\, ask'],
  'RELATED;TYPE=contact': ['urn:uuid:1'],
  CATEGORIES: ['One,Two', 'A\\,B'],
  NOTE: ['several\\nlines; and\\, more'],
  'NOTE;AUTHOR="mailto:a@example.org";AUTHOR-NAME=Ann;CREATED=20220101T000000Z': ['said'],
  PRODID: ['-//X//Y//EN'],
  SOUND: ['https://example.org/a.ogg', 'data:audio/basic;base64,T2dnUw=='],
  CLIENTPIDMAP: ['1;urn:uuid:3df403f4-5924-4bb7-b077-3c711d9eb34b'],
  URL: ['https://example.org/?a=1,2;b'],
  'URL;VALUE=text': ['see\\, there'],
  KEY: ['ftp://example.org/a', 'data:application/pgp-keys;base64,bWFp'],
  'KEY;VALUE=text': ['a key'],
  FBURL: ['https://example.org/a.ifb'],
  CALADRURI: ['mailto:a@example.org'],
  CALURI: ['https://example.org/a.ics'],
  BIRTHPLACE: ['Wien'],
  'BIRTHPLACE;VALUE=uri': ['geo:1,2'],
  DEATHPLACE: ['Wien'],
  DEATHDATE: ['19960415'],
  'DEATHDATE;VALUE=text': ['spring'],
  'EXPERTISE;LEVEL=expert;INDEX=1': ['chess'],
  'HOBBY;LEVEL=high': ['reading'],
  INTEREST: ['r&b'],
  'ORG-DIRECTORY;INDEX=1': ['ldap://example.org'],
  'CONTACT-URI': ['https://example.org/c'],
  CREATED: ['20220705T093412Z'],
  GRAMGENDER: ['masculine'],
  LANGUAGE: ['de'],
  PRONOUNS: ['they/them'],
  'SOCIALPROFILE;SERVICE-TYPE=Mastodon;USERNAME=a': ['https://example.org/@a'],
  'SOCIALPROFILE;SERVICE-TYPE=Other;VALUE=text': ['someone'],
  SOCIALPROFILE: ['https://example.org/@a'],
  'JSPROP;JSPTR="a/b"': ['{"a":1}'],
  'X-OTHER;X-P="a;^^b"': ['c\\,d;e'],
  'X-ABShowAs': ['COMPANY'],
}
/** What any property of 4.0 may have beside that. */
const params4 = (
  'PREF=1 PREF=2 PREF=2 PREF=50 PREF=100 PID=1.1 PID=1.2,2.1 TYPE=home TYPE=work TYPE=x-own LANGUAGE=de ' +
  'ALTID=1 ALTID=2 MEDIATYPE=text/plain PROP-ID=p1 DERIVED=true SCRIPT=Latn X-OWN=1'
).split(' ')

/** Values of the properties of RFC 2426, RFC 4770, and those of Apple, Google, Evolution and Thunderbird. */
const values3: Record<string, string[]> = {
  N: ['B;A;;;', 'B,C;A;D,E;Dr.;Jr.'],
  FN: ['A B', 'A\\, B'],
  NAME: ['directory'],
  SOURCE: ['ldap://example.org/a'],
  NICKNAME: ['Bob,Bobby'],
  'PHOTO;ENCODING=b;TYPE=PNG': [png],
  'PHOTO;VALUE=uri': ['https://example.org/a.gif'],
  'PHOTO;X-ABCROP-RECTANGLE=ABClipRect_1&-9&20&283&283&WGHe9zKmBvRvhyIyYvN/1g==;ENCODING=b;TYPE=PNG':
    [png],
  BDAY: ['1996-04-15', '1953-10-15T23:10:00Z', 'circa 1800', '1996-04'],
  'BDAY;X-APPLE-OMIT-YEAR=1604': ['1604-08-20'],
  ADR: [';;S\\nT;C;;;DE', 'Box;;a,b;c;;;'],
  LABEL: ['S\\nT', 'U'],
  TEL: ['+49 1', '(1) 2'],
  EMAIL: ['a@example.org'],
  MAILER: ['Mailer 1'],
  TZ: ['-05:00', 'Europe/Wien'],
  GEO: ['37.386013;-122.082932'],
  TITLE: ['Boss'],
  ROLE: ['Lead'],
  'LOGO;ENCODING=b;TYPE=PNG': [png],
  'AGENT;VALUE=uri': ['CID:a@example.org'],
  AGENT: ['BEGIN:VCARD\\nVERSION:3.0\\nFN:Susan\\nEND:VCARD\\n'],
  ORG: ['Acme', 'Acme\\, Inc.;North;Sales', 'Acme;'],
  CATEGORIES: ['One,Two'],
  NOTE: ['several\\nlines\\; and\\, more'],
  PRODID: ['-//X//Y//EN'],
  'SORT-STRING': ['Harten'],
  'SOUND;ENCODING=b;TYPE=BASIC': ['T2dnUw=='],
  UID: ['19950401-080045-40000F192713-0052'],
  URL: ['https://example.org/'],
  CLASS: ['PUBLIC', 'PRIVATE'],
  'KEY;ENCODING=b;TYPE=X509': ['bWFp'],
  'KEY;VALUE=uri': ['https://example.org/k'],
  IMPP: ['im:a@example.org'],
  'IMPP;X-SERVICE-TYPE=Jabber': ['xmpp:a@example.org'],
  'X-SOCIALPROFILE;TYPE=twitter;X-USER=u': ['https://example.org/u'],
  ANNIVERSARY: ['2001-02-03', 'in spring'],
  'X-ABDATE': ['2001-02-03'],
  'X-ABDATE;X-APPLE-OMIT-YEAR=1604': ['1604-02-03'],
  'X-ABRELATEDNAMES': ['Eve'],
  'X-ABShowAs': ['COMPANY'],
  KIND: ['individual', 'org', 'x-own'],
  'X-ADDRESSBOOKSERVER-KIND': ['group'],
  'X-ABUID': ['AB:ABPerson'],
  'X-PHONETIC-FIRST-NAME': ['a'],
  'X-PHONETIC-LAST-NAME': ['b'],
  'X-PHONETIC-ORG': ['c'],
  'X-MAIDENNAME': ['Smith'],
  'X-GENDER': ['Male'],
  ...Object.fromEntries(
    'AIM JABBER SKYPE ICQ MSN YAHOO GOOGLE-TALK GADUGADU GROUPWISE QQ'
      .split(' ')
      .map((name) => [`X-${name}`, ['a', 'b']]),
  ),
  ...Object.fromEntries(
    (
      'X-EVOLUTION-FILE-AS X-EVOLUTION-SPOUSE X-EVOLUTION-MANAGER X-EVOLUTION-ASSISTANT X-SPOUSE ' +
      'X-MANAGER X-ASSISTANT X-MOZILLA-HTML X-MOZILLA-PROPERTY X-CUSTOM1 X-CUSTOM4 X-GOOGLE-FIELD ' +
      'X-EVOLUTION-BLOG-URL X-EVOLUTION-VIDEO-URL X-EVOLUTION-CALLBACK X-EVOLUTION-LIST ' +
      'X-KADDRESSBOOK-CRYPTOPROTOPREF X-PROFESSION'
    )
      .split(' ')
      .map((name) => [name, ['a\\, b']]),
  ),
  'X-EVOLUTION-ANNIVERSARY': ['2001-02-03'],
  'X-ANNIVERSARY': ['2001-02-03'],
  'X-ANDROID-CUSTOM': [
    'vnd.android.cursor.item/nickname;Bob;1;;;;;;;;;;;;;',
    'vnd.android.cursor.item/contact_event;2001-02-03;1;;;;;;;;;;;;;',
    'vnd.android.cursor.item/relation;Eve;14;;;;;;;;;;;;;',
  ],
  'X-ADDRESSBOOKSERVER-MEMBER': ['urn:uuid:1'],
  CALURI: ['https://example.org'],
  FBURL: ['https://example.org'],
  'X-OTHER;X-P="a;^b"': ['c\\,d;e'],
}
const params3 =
  'TYPE=PREF TYPE=HOME TYPE=WORK TYPE=CELL TYPE=x-own LANGUAGE=de X-EVOLUTION-UI-SLOT=1 X-OWN=1'.split(
    ' ',
  )

/** The labels that Apple gives by X-ABLabel. */
const labels = ['_$!<Mobile>!$_', '_$!<Father>!$_', '_$!<HomePage>!$_', 'Ferienhaus']
const labelled = new Set(
  'TEL EMAIL URL ADR IMPP X-ABDATE ANNIVERSARY X-ABRELATEDNAMES X-OTHER X-SKYPE TITLE'.split(' '),
)
const once = new Set(
  'N FN KIND GENDER SORT-STRING UID PRODID CLIENTPIDMAP X-ABShowAs X-ADDRESSBOOKSERVER-KIND CREATED'.split(
    ' ',
  ),
)
/** Those that take no parameters. */
const bare = new Set(
  'XML KIND CLIENTPIDMAP UID PRODID X-ABShowAs X-ADDRESSBOOKSERVER-KIND X-ANDROID-CUSTOM AGENT CREATED'.split(
    ' ',
  ),
)

type Written = { header: string; value: string; params: string[]; label: string | undefined }

/** Cards of a version with all that programs write, and the standards allow. */
export function cardsOf(version: '3.0' | '4.0'): fc.Arbitrary<string> {
  const values = version === '4.0' ? values4 : values3
  const headers = fc.constantFrom(
    ...Object.keys(values).filter((name) => name !== 'N' && name !== 'FN'),
  )
  const lineOf = (header: string) =>
    fc.record({
      header: fc.constant(header),
      value: fc.constantFrom(...(values[header] ?? [])),
      params: fc.subarray(version === '4.0' ? params4 : params3, { maxLength: 4 }),
      label: fc.option(fc.constantFrom(...labels), { nil: undefined, freq: 3 }),
    })
  return fc
    .tuple(lineOf('N'), lineOf('FN'), fc.array(headers.chain(lineOf), { maxLength: 12 }))
    .map(([n, fn, lines]) => textOf(version, [n, fn, ...lines]))
}

function textOf(version: string, lines: Written[]): string {
  const seen = new Set<string>()
  let group = 0
  const written = lines.flatMap(({ header, value, params, label }) => {
    const [name = ''] = header.split(';')
    // Of equal lines, one says all that a birthday has to say.
    const key = name === 'BDAY' && version === '4.0' ? `${header}:${value}` : header
    if (seen.has(key) && (once.has(header) || key !== header)) return []
    seen.add(key)
    const own = new Set(header.split(';').map((param) => param.split('=')[0]))
    const others = new Map(params.map((param) => [param.split('=')[0] ?? '', param]))
    const added = [...others].filter(([key]) => !bare.has(name) && !own.has(key))
    const line = [header, ...added.map(([, param]) => param)].join(';') + `:${value}`
    if (label === undefined || !labelled.has(name)) return line
    group++
    return [`item${group}.${line}`, `item${group}.X-ABLabel:${label}`]
  })
  return ['BEGIN:VCARD', `VERSION:${version}`, ...written, 'END:VCARD', ''].join('\r\n')
}
