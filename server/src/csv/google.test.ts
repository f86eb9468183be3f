import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filledFields, readRow } from '../../test/csv-rows.ts'

describe('a CSV file of Google', () => {
  const header =
    'First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,File As,' +
    'Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,' +
    'E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,' +
    'Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,' +
    'Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,' +
    'Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Event 1 - Label,' +
    'Event 1 - Value,Relation 1 - Label,Relation 1 - Value,Custom Field 1 - Label,' +
    'Custom Field 1 - Value'

  it('is read completely in the present format, with labels', async () => {
    const read = await readRow(
      `${header}\r\nMira,Noor,Castellan,Meera,Dr.,Mimi,,Harbour Glass,Glazier,Windows, --03-07,` +
        '"Likes tea.\nNo sugar.",https://example.org/m.jpg,* myContacts ::: Friends ::: * starred,' +
        'Work,mira@glass.example,* Home,mira@example.org,Mobile,+44 7700 900123 ::: +44 7700 900456,' +
        'Home,"3 Quay St\nBristol BS1 1AA\nUnited Kingdom",3 Quay St,Bristol,,,BS1 1AA,' +
        'United Kingdom,Flat 2,Blog,https://mira.example,Anniversary,2011-06-18,Spouse,Jonas,' +
        'Shoe size,38\r\n',
    )
    assert.deepEqual(read.labels, ['Friends', 'starred'])
    assert.equal(read.uid, null)
    assert.deepEqual(filledFields(read), {
      prefix: 'Dr.',
      first_name: 'Mira',
      middle_name: 'Noor',
      last_name: 'Castellan',
      phonetic_first_name: 'Meera',
      nickname: 'Mimi',
      company: 'Harbour Glass',
      department: 'Windows',
      job_title: 'Glazier',
      birthday: '--03-07',
      additional_data: 'Likes tea.\nNo sugar.',
      emails: [
        { label: 'home', value: 'mira@example.org' },
        { label: 'work', value: 'mira@glass.example' },
      ],
      phones: [
        { label: 'mobile', value: '+44 7700 900123' },
        { label: 'mobile', value: '+44 7700 900456' },
      ],
      addresses: [
        {
          label: 'home',
          street: '3 Quay St',
          extended: 'Flat 2',
          po_box: null,
          city: 'Bristol',
          region: null,
          postal_code: 'BS1 1AA',
          country: 'United Kingdom',
        },
      ],
      links: [{ label: 'Blog', value: 'https://mira.example' }],
      dates: [{ label: 'anniversary', value: '2011-06-18' }],
      relations: [{ label: 'spouse', value: 'Jonas' }],
      custom_fields: [
        { label: 'Shoe size', value: '38' },
        { label: 'Photo', value: 'https://example.org/m.jpg' },
      ],
    })
  })

  it('is read completely in the old format, with types', async () => {
    const read = await readRow(
      'Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Name Prefix,Birthday,' +
        'Gender,Occupation,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,IM 1 - Type,' +
        'IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,' +
        'Address 1 - Formatted,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,' +
        'Website 1 - Type,Website 1 - Value\n' +
        'Tomas Vell,Tomas,,Vell,,,,1979-11-30,,Baker,,* My Contacts ::: Choir,* ,tomas@example.org,' +
        'Other,Skype,tomas.vell,Work Fax,+49 30 901820,Work,"Mühlweg 4, Potsdam",,Vell & Sons,' +
        'Owner,Home Page,https://vell.example\n',
    )
    assert.deepEqual(read.labels, ['Choir'])
    assert.deepEqual(filledFields(read), {
      first_name: 'Tomas',
      last_name: 'Vell',
      company: 'Vell & Sons',
      job_title: 'Owner',
      birthday: '1979-11-30',
      emails: [{ label: null, value: 'tomas@example.org' }],
      phones: [{ label: 'work fax', value: '+49 30 901820' }],
      addresses: [
        {
          label: 'work',
          street: 'Mühlweg 4, Potsdam',
          extended: null,
          po_box: null,
          city: null,
          region: null,
          postal_code: null,
          country: null,
        },
      ],
      links: [{ label: 'home page', value: 'https://vell.example' }],
      messengers: [{ label: 'other', service: 'skype', value: 'tomas.vell' }],
      custom_fields: [{ label: 'Occupation', value: 'Baker' }],
    })
  })
})
