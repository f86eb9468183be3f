import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readRow } from '../../test/csv-rows.ts'

/** First and last name, two e-mails, work, home and mobile number, and the parts of the birthday. */
const headers = {
  German:
    'Vorname,Nachname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Tel. dienstlich,Tel. privat,' +
    'Mobil-Tel.-Nr.,Geburtsjahr,Geburtsmonat,Geburtstag',
  French:
    'Prénom,Nom de famille,Adresse électronique principale,Adresse électronique secondaire,' +
    'Tél. professionnel,Tél. personnel,Portable,Année de naissance,Mois,Jour',
  Spanish:
    'Nombre,Apellidos,Dirección de correo electrónico principal,' +
    'Dirección de correo electrónico secundaria,Teléfono (Trabajo),Teléfono particular,' +
    'Teléfono móvil,Año de nacimiento,Mes de nacimiento,Día de nacimiento',
  Italian:
    'Nome,Cognome,Email principale,Email secondaria,Telefono lavoro,Telefono di casa,' +
    'Numero cellulare,Anno di nascita,Mese di nascita,Giorno di nascita',
  Portuguese:
    'Primeiro nome,Último nome,E-mail principal,E-mail alternativo,Telefone comercial,' +
    'Telefone residencial,Número do celular,Ano de nascimento,Mês de nascimento,Dia de nascimento',
  Dutch:
    'Voornaam,Achternaam,Primair e-mailadres,Secundair e-mailadres,Telefoon werk,Telefoon thuis,' +
    'Mobiel nummer,Geboortejaar,Geboortemaand,Geboortedag',
  Polish:
    'Imię,Nazwisko,Podstawowy adres e-mail,Dodatkowy adres e-mail,Telefon służbowy,Telefon domowy,' +
    'Telefon komórkowy,Rok urodzenia,Miesiąc urodzenia,Dzień urodzenia',
  Finnish:
    'Etunimi,Sukunimi,Ensisijainen sähköposti,Toissijainen sähköposti,Työpuhelin,Kotipuhelin,' +
    'Matkapuhelinnumero,Syntymävuosi,Syntymäkuukausi,Syntymäpäivä',
  Swedish:
    'Förnamn,Efternamn,Primär e-post,Sekundär e-post,Arbetstelefon,Hemtelefon,Mobilnummer,' +
    'Födelseår,Födelsemånad,Födelsedag',
  Danish:
    'Fornavn,Efternavn,Primær e-mail,Sekundær e-mail,Arbejdstelefon,Hjemmetelefon,Mobilnummer,' +
    'Fødselsår,Fødselsmåned,Fødselsdag',
  Czech:
    'Jméno,Příjmení,Primární e-mail,Druhý e-mail,Telefon do práce,Telefon domů,Mobil,Rok narození,' +
    'Měsíc narození,Den narození',
  Russian:
    'Имя,Фамилия,Адрес электронной почты,Альтернативный адрес электронной почты,Рабочий телефон,' +
    'Домашний телефон,Номер сотового телефона,Год рождения,Месяц рождения,День рождения',
  Turkish:
    'Adı,Soyadı,Birincil e-posta,İkincil e-posta,İş telefonu,Ev telefonu,Cep telefonu,Doğum yılı,' +
    'Doğum ayı,Doğum günü',
  Japanese:
    '名,姓,メールアドレス,追加のメールアドレス,勤務先電話番号,自宅電話,携帯電話,誕生年,誕生月,誕生日',
}

describe('the headers of Thunderbird', () => {
  for (const [language, header] of Object.entries(headers)) {
    it(`are read in ${language}`, async () => {
      const read = await readRow(
        `${header}\nAnn,Bee,a@example.org,b@example.org,221 1,221 2,170 3,1980,2,3\n`,
      )
      const { first_name, last_name, emails, phones, birthday, custom_fields } = read.contact
      assert.deepEqual([first_name, last_name, birthday], ['Ann', 'Bee', '1980-02-03'])
      assert.deepEqual(
        emails.map(({ value }) => value),
        ['a@example.org', 'b@example.org'],
      )
      assert.deepEqual(phones, [
        { label: 'work', value: '221 1' },
        { label: 'home', value: '221 2' },
        { label: 'mobile', value: '170 3' },
      ])
      assert.deepEqual(custom_fields, [])
    })
  }

  it('are of a birthday where no columns hold its year and month', async () => {
    const read = await readRow('Vorname,Geburtstag\nAnn,3.2.1980\n')
    assert.equal(read.contact.birthday, '1980-02-03')
  })
})
