import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filledFields, readRow } from '../../test/csv-rows.ts'

describe('a CSV file of Outlook', () => {
  it('is read with a label for each column, and a custom field for the other ones', async () => {
    const read = await readRow(
      'Title,First Name,Last Name,Company,Job Title,Business Street,Business Street 2,Business City,' +
        "Business Postal Code,Business Country/Region,Home Street,Home City,Assistant's Phone," +
        'Business Fax,Business Phone,Home Fax,Home Phone,Mobile Phone,Other Fax,Pager,Primary Phone,' +
        'Car Phone,Anniversary,Birthday,Categories,Children,E-mail Address,E-mail Type,' +
        "E-mail Display Name,E-mail 2 Address,E-mail 2 Type,Gender,Home Address PO Box,Manager's Name," +
        'Notes,Priority,Private,Referred By,Sensitivity,Spouse,User 1,Web Page\r\n' +
        '"Ms","Ines","Okoro","Fern Ltd","","1 Moss Row","Unit 9","Leeds","LS1 4AB","UK","8 Elm Ct","York",' +
        '"0113 1","0113 2","0113 3","01904 1","01904 2","07700 900111","0113 4","0113 5","0113 6",' +
        '"0113 7","6/21/2008","0/0/00","Clients;Family","Ada; Ben","ines@fern.example","SMTP",' +
        '"Ines Okoro (ines@fern.example)","ines@example.org","SMTP","Unspecified","PO 77","Ruth",' +
        '"Line 1\r\nLine 2","Normal","False","Paul","Normal","Sam","Blue door","fern.example"\r\n',
    )
    assert.deepEqual(read.labels, ['Clients', 'Family'])
    const empty = { extended: null, region: null }
    assert.deepEqual(filledFields(read), {
      prefix: 'Ms',
      first_name: 'Ines',
      last_name: 'Okoro',
      company: 'Fern Ltd',
      additional_data: 'Line 1\r\nLine 2',
      emails: [
        { label: null, value: 'ines@fern.example' },
        { label: null, value: 'ines@example.org' },
      ],
      phones: [
        { label: 'work', value: '0113 3' },
        { label: 'home', value: '01904 2' },
        { label: 'mobile', value: '07700 900111' },
        { label: 'main', value: '0113 6' },
        { label: 'car', value: '0113 7' },
        { label: 'assistant', value: '0113 1' },
        { label: 'work fax', value: '0113 2' },
        { label: 'home fax', value: '01904 1' },
        { label: 'other fax', value: '0113 4' },
        { label: 'pager', value: '0113 5' },
      ],
      addresses: [
        {
          label: 'work',
          street: '1 Moss Row\nUnit 9',
          po_box: null,
          city: 'Leeds',
          postal_code: 'LS1 4AB',
          country: 'UK',
          ...empty,
        },
        {
          label: 'home',
          street: '8 Elm Ct',
          po_box: 'PO 77',
          city: 'York',
          postal_code: null,
          country: null,
          ...empty,
        },
      ],
      links: [{ label: null, value: 'fern.example' }],
      dates: [{ label: 'anniversary', value: '2008-06-21' }],
      relations: [
        { label: 'child', value: 'Ada' },
        { label: 'child', value: 'Ben' },
        { label: 'manager', value: 'Ruth' },
        { label: 'referred by', value: 'Paul' },
        { label: 'spouse', value: 'Sam' },
      ],
      custom_fields: [{ label: 'User 1', value: 'Blue door' }],
    })
  })

  it('keeps an unusual value in a column that mostly has a default', async () => {
    const read = await readRow(
      'First Name,E-mail Address,E-mail Type,Priority\nIda,i@x.example,EX,High',
    )
    assert.deepEqual(read.contact.custom_fields, [
      { label: 'E-mail Type', value: 'EX' },
      { label: 'Priority', value: 'High' },
    ])
  })

  it('keeps a formatted address that says more than its parts, as Google writes it', async () => {
    const read = await readRow(
      'First Name,Home Address,Home Street,Home City\nIda,"Elm 1\nYork (ring twice)",Elm 1,York\n',
    )
    assert.equal(read.contact.addresses[0]?.street, 'Elm 1')
    assert.deepEqual(read.contact.custom_fields, [
      { label: 'Home Address', value: 'Elm 1\nYork (ring twice)' },
    ])
  })
})
