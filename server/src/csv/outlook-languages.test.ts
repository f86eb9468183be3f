import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filled, readRow } from './read-sample.ts'

const noAddress = {
  label: null,
  street: null,
  extended: null,
  po_box: null,
  city: null,
  region: null,
  postal_code: null,
  country: null,
}

describe('the headers of Outlook', () => {
  it('are read in German, from a Western Windows', async () => {
    const file =
      'Anrede;Vorname;Nachname;Firma;Position;Straße geschäftlich;Straße geschäftlich 2;' +
      'Ort geschäftlich;Postleitzahl geschäftlich;Land/Region geschäftlich;Weitere Straße;' +
      'Telefon geschäftlich;Telefon (privat 2);Fax privat;Mobiltelefon;E-Mail-Adresse;E-Mail-Typ;' +
      'E-Mail 2: Adresse;E-Mail 2: Angezeigter Name;Geburtstag;Kategorien;Kinder;' +
      'Name des/der Vorgesetzten;Notizen;Priorität\r\n' +
      'Frau;Jörg;Weiß;Möbel AG;Tischler;Gasse 1;Hof;Köln;50667;Deutschland;Allee 2;0221 1;0221 2;' +
      '0221 3;0170 1;j@moebel.example;SMTP;j@example.org;Jörg Weiß (j@example.org);3.2.1980;Chor;' +
      'Ida, Udo;Petra;Grüße;Normal\r\n'
    const read = await readRow(Buffer.from(file, 'latin1'))
    assert.deepEqual(read.labels, ['Chor'])
    assert.deepEqual(filled(read), {
      prefix: 'Frau',
      first_name: 'Jörg',
      last_name: 'Weiß',
      company: 'Möbel AG',
      job_title: 'Tischler',
      birthday: '1980-02-03',
      additional_data: 'Grüße',
      emails: [
        { label: null, value: 'j@moebel.example' },
        { label: null, value: 'j@example.org' },
      ],
      phones: [
        { label: 'work', value: '0221 1' },
        { label: 'home', value: '0221 2' },
        { label: 'mobile', value: '0170 1' },
        { label: 'home fax', value: '0221 3' },
      ],
      addresses: [
        {
          ...noAddress,
          label: 'work',
          street: 'Gasse 1\nHof',
          city: 'Köln',
          postal_code: '50667',
          country: 'Deutschland',
        },
        { ...noAddress, label: 'other', street: 'Allee 2' },
      ],
      relations: [
        { label: 'child', value: 'Ida' },
        { label: 'child', value: 'Udo' },
        { label: 'manager', value: 'Petra' },
      ],
    })
  })

  it('are read in French, where two columns are called Titre', async () => {
    const read = await readRow(
      'Titre,Prénom,Nom,Société,Service,Titre,Rue (domicile),Dép/Région (domicile),' +
        'Téléphone (bureau),Télécopie (bureau),Tél. mobile,Adresse de messagerie,' +
        "Anniversaire,Anniversaire de mariage ou fête,Conjoint(e),Nom de l'assistant(e),Page Web\n" +
        'Mme,Noé,Lagarde,Atelier,Bois,Chef,1 rue Basse,Gard,04 1,04 2,06 1,noe@example.org,' +
        '1/2/1975,0/0/00,Luc,Zoé,lagarde.example\n',
    )
    assert.deepEqual(filled(read), {
      prefix: 'Mme',
      first_name: 'Noé',
      last_name: 'Lagarde',
      company: 'Atelier',
      department: 'Bois',
      job_title: 'Chef',
      birthday: '1975-02-01',
      emails: [{ label: null, value: 'noe@example.org' }],
      phones: [
        { label: 'work', value: '04 1' },
        { label: 'mobile', value: '06 1' },
        { label: 'work fax', value: '04 2' },
      ],
      addresses: [{ ...noAddress, label: 'home', street: '1 rue Basse', region: 'Gard' }],
      links: [{ label: null, value: 'lagarde.example' }],
      relations: [
        { label: 'spouse', value: 'Luc' },
        { label: 'assistant', value: 'Zoé' },
      ],
    })
  })

  it('are read in Spanish', async () => {
    const read = await readRow(
      'Nombre,Segundo nombre,Apellidos,Organización,Puesto,Calle del trabajo,Ciudad de trabajo,' +
        'País o región del trabajo,Teléfono del trabajo,Particular,Teléfono móvil,' +
        'Dirección de correo electrónico,Dirección de correo electrónico 2,Cumpleaños,Notas\n' +
        'Íñigo,Luis,Peña,Taller,Jefe,Calle 1,Vigo,España,986 1,986 2,600 1,i@example.org,' +
        'i@taller.example,13/2/1980,Hola\n',
    )
    assert.deepEqual(filled(read), {
      first_name: 'Íñigo',
      middle_name: 'Luis',
      last_name: 'Peña',
      company: 'Taller',
      job_title: 'Jefe',
      birthday: '1980-02-13',
      additional_data: 'Hola',
      emails: [
        { label: null, value: 'i@example.org' },
        { label: null, value: 'i@taller.example' },
      ],
      phones: [
        { label: 'work', value: '986 1' },
        { label: 'home', value: '986 2' },
        { label: 'mobile', value: '600 1' },
      ],
      addresses: [
        { ...noAddress, label: 'work', street: 'Calle 1', city: 'Vigo', country: 'España' },
      ],
    })
  })

  it('are read in Ukrainian, from a Cyrillic Windows', async () => {
    const text =
      "Звернення,Ім'я,По батькові,Прізвище,Організація,Посада,Вулиця (роб. адреса)," +
      'Вулиця 2 (роб. адреса),Місто (роб. адреса),Індекс (роб. адреса),' +
      'Країна або регіон (роб. адреса),Поштовий код (дом.),Робочий телефон,Телефон дом. 2,' +
      'Телефон мобільний,Інший факс,Адреса ел. пошти,Адреса 2 ел. пошти,День народження,Нотатки\r\n' +
      'пані,Їжа,Петрівна,Щур,Млин,ткаля,Садова 1,кв. 2,Львів,79000,Україна,01001,032 1,032 2,067 1,' +
      '032 3,yi@example.org,yi@mlyn.example,02.03.1990,Привіт\r\n'
    const read = await readRow(windows1251(text))
    assert.deepEqual(filled(read), {
      prefix: 'пані',
      first_name: 'Їжа',
      middle_name: 'Петрівна',
      last_name: 'Щур',
      company: 'Млин',
      job_title: 'ткаля',
      birthday: '1990-03-02',
      additional_data: 'Привіт',
      emails: [
        { label: null, value: 'yi@example.org' },
        { label: null, value: 'yi@mlyn.example' },
      ],
      phones: [
        { label: 'work', value: '032 1' },
        { label: 'home', value: '032 2' },
        { label: 'mobile', value: '067 1' },
        { label: 'other fax', value: '032 3' },
      ],
      addresses: [
        {
          ...noAddress,
          label: 'work',
          street: 'Садова 1\nкв. 2',
          city: 'Львів',
          postal_code: '79000',
          country: 'Україна',
        },
        { ...noAddress, label: 'home', postal_code: '01001' },
      ],
    })
  })
})

function windows1251(text: string): Buffer {
  const letters = new TextDecoder('windows-1251').decode(
    Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
  )
  return Buffer.from(Array.from(text, (letter) => letters.indexOf(letter)))
}
