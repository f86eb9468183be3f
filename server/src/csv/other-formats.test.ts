import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filledFields, readRow, readRows } from '../../test/csv-rows.ts'

describe('a CSV file of another program', () => {
  it('is read if Thunderbird wrote it', async () => {
    const read = await readRow(
      'First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,' +
        'Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home ZipCode,' +
        'Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Notes\r\n' +
        'Rolf,Aas,Rolf Aas,,rolf@example.org,r@work.example,rolfo,22 1,22 2,22 3,90 1,Sjøgata 4,2 etg,' +
        'Bodø,8006,Nordlys,https://nordlys.example,https://aas.example,1968,5,9,Boat 12,\r\n',
    )
    assert.deepEqual(filledFields(read), {
      first_name: 'Rolf',
      last_name: 'Aas',
      company: 'Nordlys',
      birthday: '1968-05-09',
      emails: [
        { label: null, value: 'rolf@example.org' },
        { label: null, value: 'r@work.example' },
      ],
      phones: [
        { label: 'work', value: '22 1' },
        { label: 'mobile', value: '90 1' },
        { label: 'fax', value: '22 2' },
        { label: 'pager', value: '22 3' },
      ],
      addresses: [
        {
          label: 'home',
          street: 'Sjøgata 4\n2 etg',
          extended: null,
          po_box: null,
          city: 'Bodø',
          region: null,
          postal_code: '8006',
          country: null,
        },
      ],
      links: [
        { label: 'work', value: 'https://nordlys.example' },
        { label: 'home', value: 'https://aas.example' },
      ],
      messengers: [{ label: null, service: 'aim', value: 'rolfo' }],
      custom_fields: [{ label: 'Custom 1', value: 'Boat 12' }],
    })
  })

  it('is read if it has the headers of Apple contacts', async () => {
    const read = await readRow(
      'First,Last,Company,Phone : iPhone,Phone : home,Email (work),Street : home,City : home,Note\n' +
        'Lena,Brück,,079 1,044 2,lena@work.example,Seeweg 5,Thun,Met at the lake\n',
    )
    assert.deepEqual(filledFields(read), {
      first_name: 'Lena',
      last_name: 'Brück',
      additional_data: 'Met at the lake',
      emails: [{ label: 'work', value: 'lena@work.example' }],
      phones: [
        { label: 'iPhone', value: '079 1' },
        { label: 'home', value: '044 2' },
      ],
      addresses: [
        {
          label: 'home',
          street: 'Seeweg 5',
          extended: null,
          po_box: null,
          city: 'Thun',
          region: null,
          postal_code: null,
          country: null,
        },
      ],
    })
  })

  it('is read if somebody keeps it by hand', async () => {
    const [first, second, third] = await readRows(
      'Full name;E-mail;Mobile;Birthday;Remarks;Diet\n' +
        'Sanna van der Berg;sanna@example.org;06 1;4/5/1990;;none\n' +
        '"Moreau, Élodie";;;;;\n' +
        'Prince;;;;;\n',
    )
    assert.ok(first && second && third)
    assert.ok('contact' in first && 'contact' in second && 'contact' in third)
    assert.deepEqual(filledFields(first), {
      first_name: 'Sanna',
      last_name: 'van der Berg',
      birthday: '1990-05-04',
      emails: [{ label: null, value: 'sanna@example.org' }],
      phones: [{ label: 'mobile', value: '06 1' }],
      custom_fields: [{ label: 'Diet', value: 'none' }],
    })
    assert.deepEqual(filledFields(second), { first_name: 'Élodie', last_name: 'Moreau' })
    assert.deepEqual(filledFields(third), { first_name: 'Prince' })
  })

  it('is read below a few lines of text, as LinkedIn writes them', async () => {
    const read = await readRow(
      'Notes:\n"When exporting your connections, some addresses are missing, ""as chosen""."\n\n' +
        'First Name,Last Name,URL,Email Address,Company,Position,Connected On\n' +
        'Ada,Lovelace,https://l.example/ada,ada@example.org,Engines,Programmer,01 Feb 2024\n',
    )
    assert.deepEqual(filledFields(read), {
      first_name: 'Ada',
      last_name: 'Lovelace',
      company: 'Engines',
      job_title: 'Programmer',
      emails: [{ label: null, value: 'ada@example.org' }],
      links: [{ label: null, value: 'https://l.example/ada' }],
      custom_fields: [{ label: 'Connected On', value: '01 Feb 2024' }],
    })
  })

  it('is read if its names stand under Given and Family', async () => {
    const { contact } = await readRow('Given,Family,Email\nAda,Lovelace,ada@example.org\n')
    assert.deepEqual([contact.first_name, contact.last_name], ['Ada', 'Lovelace'])
    assert.deepEqual(contact.custom_fields, [])
  })

  it('is read if its phone columns are named Home and Work, as in Yahoo', async () => {
    const read = await readRow(
      'First,Last,Email,Home,Work,Mobile,Other\nAda,L,a@b.example,1,2,3,4\n',
    )
    assert.deepEqual(read.contact.phones, [
      { label: 'home', value: '1' },
      { label: 'work', value: '2' },
      { label: 'mobile', value: '3' },
      { label: 'other', value: '4' },
    ])
  })

  it('is refused if the names may stand under unknown headers', async () => {
    for (const header of ['Ainm;Sloinne;Comhlacht', 'Date,Home,Other', 'Cargo;Departamento']) {
      await assert.rejects(() => readRows(`${header}\na;b;c\n`), { code: 'csv_not_recognised' })
    }
    const [company] = await readRows('Company,Website,Industry\nEngines,e.example,Steam\n')
    assert.ok(company && 'contact' in company)
    assert.equal(company.contact.company, 'Engines')
  })

  it('has e-mail addresses in a column that holds nothing else, whatever its header', async () => {
    const rows = await readRows(
      'Name,Kontaktweg,Web,Mixed\nAnn Bee,a@example.org,b@x,c@example.org\nUdo Cee,,,none\n',
    )
    const [ann] = rows
    assert.ok(ann && 'contact' in ann)
    assert.deepEqual(ann.contact.emails, [{ label: null, value: 'a@example.org' }])
    assert.deepEqual(ann.contact.custom_fields, [{ label: 'Mixed', value: 'c@example.org' }])
  })

  it('is read if Excel keeps its numbers as texts', async () => {
    const read = await readRow('First Name,Phone,Zip\nAnn,="0612345678","=""01234"""\n')
    assert.equal(read.contact.phones[0]?.value, '0612345678')
    assert.equal(read.contact.addresses[0]?.postal_code, '01234')
    const formula = await readRow('First Name,Phone\nAnn,"=HYPERLINK(""x"")"\n')
    assert.equal(formula.contact.phones[0]?.value, '=HYPERLINK("x")')
  })

  it('gives its full names to those who have only a part of them', async () => {
    for (const [header, cells, first, last] of [
      ['First Name,Display Name', 'Ann,Ann Bee', 'Ann', 'Bee'],
      ['First Name,Full Name', 'Ann,"van Bee, Ann"', 'Ann', 'van Bee'],
      ['Vorname,Name', 'Ann,Bee', 'Ann', 'Bee'],
      ['Vorname,Name', 'Ann,Ann Bee', 'Ann', 'Bee'],
      ['Title,First Name,Last Name,Job Title', 'Ann Bee,Ann,Bee,', 'Ann', 'Bee'],
    ] as const) {
      const { contact } = await readRow(`${header}\n${cells}\n`)
      const { prefix, first_name, last_name, custom_fields } = contact
      assert.deepEqual([prefix, first_name, last_name, custom_fields], [null, first, last, []])
    }
  })

  it('is read if a program for customers wrote it', async () => {
    const salesforce = await readRow(
      'Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,' +
        'Mailing State/Province,Mailing Zip/Postal Code,Mailing Country\n' +
        'Ms.,Ann,Bee,Owner,Bee Ltd,1 St,Town,NY,12345,USA\n',
    )
    const hubspot = await readRow(
      'First Name,Last Name,Job Title,Company name,Street Address,City,State/Region,Postal Code,' +
        'Country/Region,Website URL\nAnn,Bee,Owner,Bee Ltd,1 St,Town,NY,12345,USA,https://b.example\n',
    )
    for (const { contact } of [salesforce, hubspot]) {
      assert.deepEqual([contact.job_title, contact.company], ['Owner', 'Bee Ltd'])
      assert.deepEqual(contact.addresses, [
        {
          label: null,
          street: '1 St',
          extended: null,
          po_box: null,
          city: 'Town',
          region: 'NY',
          postal_code: '12345',
          country: 'USA',
        },
      ])
      assert.deepEqual(contact.custom_fields, [])
    }
    assert.equal(salesforce.contact.prefix, 'Ms.')
    assert.equal(hubspot.contact.links[0]?.value, 'https://b.example')
  })

  it('has numbers without the invisible marks that were copied along', async () => {
    const read = await readRow('Name,Phone\nAnn Bee,\u202a+49 151 5550101\u202c\n')
    assert.equal(read.contact.phones[0]?.value, '+49 151 5550101')
  })
})
