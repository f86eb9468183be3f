import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filledFields, readRow } from '../../test/csv-rows.ts'

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
    assert.deepEqual(filledFields(read), {
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
    assert.deepEqual(filledFields(read), {
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
    assert.deepEqual(filledFields(read), {
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

  it('are read in Italian', async () => {
    const read = await readRow(
      'Titolo;Nome;Secondo nome;Cognome;Società;Reparto;Posizione;Via (uff.);Città (uff.);' +
        'CAP (uff.);Paese/area geografica (uff.);Altra città;Fax (uff.);Ufficio;Abitazione;' +
        'Cellulare;Compleanno;Anniversario;Figli;Nome manager;Categorie;Notes;' +
        'Indirizzo posta elettronica;Tipo posta elettronica;Nome visualizzato posta elettronica;' +
        'Pagina Web;Priorità;Sesso\n' +
        'Dott.;Elsa;Anna;Neri;Bottega;Legno;Capo;Via Roma 1;Torino;10100;Italia;Asti;011 3;011 1;' +
        '011 2;333 1;2/3/1980;0/0/00;Ugo;Pia;Coro;Ciao;elsa@example.org;SMTP;Elsa Neri;' +
        'neri.example;Normale;Non specificato\n',
    )
    assert.deepEqual(read.labels, ['Coro'])
    assert.deepEqual(filledFields(read), {
      prefix: 'Dott.',
      first_name: 'Elsa',
      middle_name: 'Anna',
      last_name: 'Neri',
      company: 'Bottega',
      department: 'Legno',
      job_title: 'Capo',
      birthday: '1980-03-02',
      additional_data: 'Ciao',
      emails: [{ label: null, value: 'elsa@example.org' }],
      phones: [
        { label: 'work', value: '011 1' },
        { label: 'home', value: '011 2' },
        { label: 'mobile', value: '333 1' },
        { label: 'work fax', value: '011 3' },
      ],
      addresses: [
        {
          ...noAddress,
          label: 'work',
          street: 'Via Roma 1',
          city: 'Torino',
          postal_code: '10100',
          country: 'Italia',
        },
        { ...noAddress, label: 'other', city: 'Asti' },
      ],
      links: [{ label: null, value: 'neri.example' }],
      relations: [
        { label: 'child', value: 'Ugo' },
        { label: 'manager', value: 'Pia' },
      ],
    })
  })

  it('are read in Dutch', async () => {
    const read = await readRow(
      'Titel;Voornaam;Middelste naam;Achternaam;Bedrijf;Functie;Werkadres, straat;' +
        'Werkadres 2, straat;Werkadres, plaats;Land/regio (werk);Huisadres, plaats;Fax op werk;' +
        'Telefoon op werk;Telefoon thuis 2;Mobiele telefoon;E-mailadres;E-mailtype;' +
        'Weergavenaam voor e-mail;E-mailadres 2;Geslacht;Kinderen;Notities;Verjaardag\n' +
        'Mw;Fenna;Maria;de Wit;Atelier;Chef;Kade 1;achter;Utrecht;Nederland;Gouda;030 3;030 1;' +
        '030 2;06 1;f@example.org;SMTP;Fenna de Wit;f@atelier.example;Niet opgegeven;Bo;Hoi;' +
        '2-3-1980\n',
    )
    assert.deepEqual(filledFields(read), {
      prefix: 'Mw',
      first_name: 'Fenna',
      middle_name: 'Maria',
      last_name: 'de Wit',
      company: 'Atelier',
      job_title: 'Chef',
      birthday: '1980-03-02',
      additional_data: 'Hoi',
      emails: [
        { label: null, value: 'f@example.org' },
        { label: null, value: 'f@atelier.example' },
      ],
      phones: [
        { label: 'work', value: '030 1' },
        { label: 'home', value: '030 2' },
        { label: 'mobile', value: '06 1' },
        { label: 'work fax', value: '030 3' },
      ],
      addresses: [
        {
          ...noAddress,
          label: 'work',
          street: 'Kade 1\nachter',
          city: 'Utrecht',
          country: 'Nederland',
        },
        { ...noAddress, label: 'home', city: 'Gouda' },
      ],
      relations: [{ label: 'child', value: 'Bo' }],
    })
  })

  it('are read in Portuguese, where a birthday is called as an anniversary in Spanish', async () => {
    const read = await readRow(
      'Nome;Sobrenome;Empresa;Cargo;Telefone celular;Telefone comercial;Endereço de email;' +
        'Cidade do endereço residencial;Aniversário;Anotações\n' +
        'Inês;Sá;Oficina;Chefe;91 1;21 1;i@example.org;Braga;2/3/1980;Olá\n',
    )
    assert.deepEqual(filledFields(read), {
      first_name: 'Inês',
      last_name: 'Sá',
      company: 'Oficina',
      job_title: 'Chefe',
      birthday: '1980-03-02',
      additional_data: 'Olá',
      emails: [{ label: null, value: 'i@example.org' }],
      phones: [
        { label: 'mobile', value: '91 1' },
        { label: 'work', value: '21 1' },
      ],
      addresses: [{ ...noAddress, label: 'home', city: 'Braga' }],
    })
    const whole = await readRow('Nome;Telefone;Aniversário\nInês Sá;91 1;2/3/1980\n')
    assert.deepEqual(filledFields(whole), {
      first_name: 'Inês',
      last_name: 'Sá',
      birthday: '1980-03-02',
      phones: [{ label: null, value: '91 1' }],
    })
    const spanish = await readRow(
      'Tratamiento;Nombre;Apellidos;Aniversario\nSra.;Ana;Gil;1/2/2003\n',
    )
    assert.deepEqual(filledFields(spanish), {
      prefix: 'Sra.',
      first_name: 'Ana',
      last_name: 'Gil',
      dates: [{ label: 'anniversary', value: '2003-02-01' }],
    })
  })

  it('are read if the second of two equal ones is numbered', async () => {
    const read = await readRow(
      'Titre;Prénom;Deuxième prénom;Nom;Suffixe;Société;Service;Titre1\n' +
        'Mme;Noé;Ève;Lagarde;fils;Atelier;Bois;Chef\n',
    )
    assert.deepEqual(filledFields(read), {
      prefix: 'Mme',
      first_name: 'Noé',
      middle_name: 'Ève',
      last_name: 'Lagarde',
      suffix: 'fils',
      company: 'Atelier',
      department: 'Bois',
      job_title: 'Chef',
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
    assert.deepEqual(filledFields(read), {
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
