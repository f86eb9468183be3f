import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chunksOf } from '../../test/csv-rows.ts'
import { guessFileCharset } from './file-charset.ts'
import { legacyDecoder } from './legacy-decoder.ts'

const header = 'First Name,Last Name,Phone,Notes\r\n'

describe('the charset of a file', () => {
  const texts: [charset: string, rows: string[]][] = [
    ['windows-1252', ['Jürgen,Müller', 'Bärbel,Größe']],
    ['windows-1252', ['Zoë,Bee,1,————']],
    ['windows-1252', ['Zoé,Gagné,1,à voir ………………………………']],
    ['windows-1252', ['Ann,Bee,1,“Hello” – it’s 5 € • ok']],
    ['windows-1252', ['François,Lefèvre', 'Hélène,Noël', 'Éric,Œuvrard']],
    ['windows-1252', ['José,Núñez', 'María,Gómez', 'João,Conceição']],
    ['windows-1252', ['Søren,Ægidius', 'Åse,Bjørnsen', 'JÖRG,MÜLLER']],
    ['windows-1252', ['Sigurður,Þórsson', 'Guðrún,Ýr']],
    ['windows-1250', ['Jiří,Čapek', 'Łukasz,Żółć']],
    ['windows-1250', ['Zbigniew,Żółw']],
    ['windows-1250', ['Őrs,Szűcs', 'Gyöngyi,Erdő']],
    ['windows-1254', ['Şükrü,Işık', 'Gülşah,Yıldırım']],
    ['iso-8859-2', ['Stanisław,Wiśniewski', 'Łucja,Dąbrowska', 'Želimír,Šťastný']],
    ['macintosh', ['Jürgen,Müßig', 'Zoë,Noël', 'Élodie,Lefèvre']],
    ['cp850', ['Jürgen,Müßig', 'Bärbel,Größe']],
    ['windows-1251', ['Иван,Петров', 'Ёлка,Яшкина']],
    ['windows-1251', ['Олена,Пчілка', 'Ґалаґан,Їжак']],
    ['koi8-r', ['Иван,Петров', 'Алёна,Яшкина']],
    ['ibm866', ['Иван,Петров', 'Елена,Яшкина']],
    ['windows-1253', ['Γιώργος,Παπαδόπουλος', 'Ελένη,Δημητρίου']],
    ['shift_jis', ['太郎,山田,1,表示と能力', '花子,能村,1,ソフト']],
    ['euc-jp', ['たろう,ヤマダ,1,東京の友だち']],
    ['gb18030', ['伟,张,1,北京公司']],
    ['big5', ['美玲,陳,1,台北公司的朋友', '志明,林']],
    ['euc-kr', ['철수,김,1,서울 회사', '영희,이']],
  ]
  for (const [charset, rows] of texts) {
    it(`is guessed: ${charset}, ${rows[0]}`, async () => {
      const file = encode(header + rows.join('\r\n'), charset)
      for (const size of [7, 100_000]) {
        const guessed = await guessFileCharset(chunksOf(file, size))
        assert.deepEqual(guessed, { name: charset, isStated: false })
      }
    })
  }

  it('is one for the whole file', async () => {
    const named = (name: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${name}${at},Müller,1,${'x'.repeat(400)}\r\n`)
    const rows = [...named('Jürgen', 900), ...named('Ann', 900), 'Zoë,Last,1,——————————————\r\n']
    const file = encode(header + rows.join(''), 'windows-1252')
    const guessed = await guessFileCharset(chunksOf(file, 256 * 1024))
    assert.equal(guessed?.name, 'windows-1252')
  })

  it('is none if all is UTF-8 or UTF-16', async () => {
    const text = `${header}Zoë,山田\r\nИван,Петров\r\n`
    for (const file of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
      assert.equal(await guessFileCharset(chunksOf(file, 1000)), null)
    }
  })

  it('is not one of ideographs if lines of UTF-8 are only damaged', async () => {
    const line = Buffer.from('伟,张,1,北京公司\r\n')
    const lines = [...Array.from({ length: 9 }, () => line), line.subarray(0, -3)]
    const guessed = await guessFileCharset(chunksOf(Buffer.concat(lines), 1000))
    assert.doesNotMatch(guessed?.name ?? '', /gb|big5|jis|euc/)
  })
})

/** Node decodes these charsets only, so the octets of each character are looked up. */
function encode(text: string, charset: string): Buffer {
  const decoder = legacyDecoder(charset)
  const octets = new Map<string, Buffer>()
  const learn = (bytes: Buffer) => {
    const character = decoder.decode(bytes)
    if (!octets.has(character)) octets.set(character, bytes)
  }
  for (let first = 0; first < 0x100; first++) learn(Buffer.from([first]))
  const isMultibyte = /jis|euc|gb|big5/.test(charset)
  const lastLead = isMultibyte ? 0xfe : 0
  for (let first = 0x81; first <= lastLead; first++) {
    for (let second = 0x40; second < 0xff; second++) learn(Buffer.from([first, second]))
  }
  return Buffer.concat(
    Array.from(text, (character) => octets.get(character) ?? assert.fail(character)),
  )
}
