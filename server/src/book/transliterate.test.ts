import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fold } from './fold.ts'
import { latinKey, latinKeys, romanisations } from './transliterate.ts'

/** A name in its own letters, and how people write it in Latin ones. */
const spellings: [string, ...string[]][] = [
  ['Олена', 'Olena'],
  ['Юлія', 'Yuliia', 'Yuliya', 'Iuliia', 'Julija'],
  ['Юлия', 'Yuliya', 'Iuliia', 'Julija'],
  ['Євген', 'Yevhen'],
  ['Евгений', 'Yevgeny', 'Evgenii'],
  ['Щербакова', 'Shcherbakova', 'Scherbakova', 'Ščerbakova'],
  ['Хрущёв', 'Khrushchev', 'Khrushchyov', 'Hrusčev'],
  ['Ганна', 'Hanna', 'Ganna'],
  ['Зеленський', 'Zelenskyi', 'Zelensky'],
  ['Михайло', 'Mykhailo', 'Mykhaylo'],
  ['Михаил', 'Mikhail', 'Mihail'],
  ['Алексей', 'Aleksei', 'Alexey'],
  ['Згурський', 'Zghurskyi'],
  ['Їжакевич', 'Yizhakevych'],
  ["Лук'яненко", 'Lukianenko'],
  ['Мюллер', 'Muller'],
  ['Ђоковић', 'Đoković', 'Djokovic'],
  ['Љиљана', 'Ljiljana'],
  ['Παπαδόπουλος', 'Papadopoulos'],
  ['Γιάννης', 'Giannis', 'Yannis'],
  ['Ευάγγελος', 'Evangelos'],
  ['Χρήστος', 'Christos', 'Hristos'],
  ['Μπάμπης', 'Babis', 'Bampis'],
  ['Φίλιππος', 'Filippos', 'Philippos'],
  ['Λευτέρης', 'Lefteris'],
]

/** Spellings of a sound that no standard here writes, which the key still makes one. */
const sameKeys: [string, ...string[]][] = [
  ['Юлія', 'Julia', 'Yulia', 'Юлия'],
  ['Шевченко', 'Shevchenko', 'Ševčenko', 'Schewtschenko', 'Szewczenko'],
  ['Дмитрий', 'Dmitry', 'Dmitriy', 'Dmitri', 'Dmitrij', 'Dmytrii'],
  ['Сергій', 'Serhii', 'Serhiy', 'Serhij', 'Sergiy'],
  ['Максим', 'Maxim', 'Maksym'],
  ['Харків', 'Kharkiv', 'Harkiv'],
  ['Олена', 'Ολενα'],
]

describe('romanisations', () => {
  for (const [name, ...latin] of spellings) {
    it(`of ${name} are ${latin.join(', ')}`, () => {
      const made = romanisations(name)
      for (const one of latin) assert.ok(made.includes(fold(one)), `${one}: ${made.join(', ')}`)
      assert.deepEqual(romanisations(name.toUpperCase().normalize('NFD')), made)
    })
  }

  it('are none of what has no Cyrillic or Greek letter', () => {
    for (const text of ['', 'Łukasz', 'Jürgen-Müller', '山田', 'دنيا', '+49 30', '김철수']) {
      assert.deepEqual(romanisations(text), [])
      assert.deepEqual(latinKeys(text), [])
    }
  })

  it('leave what else is in the text', () => {
    assert.ok(romanisations('Олена 山田 Łuk 7').includes('olena 山田 luk 7'))
  })

  it('hold no letter of those languages, no capitals and no marks', () => {
    const letters = 'абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюяђјљњћџαβγδεζηθικλμνξοπρσςτυφχψω ΐϋάώЙЁЇ'
    const word = fc.string({
      unit: fc.constantFrom(...Array.from(letters)),
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(word, (text) => {
        for (const latin of romanisations(text)) assert.match(latin, /^[a-z ]*$/)
      }),
    )
  })
})

describe('the key of a Latin spelling', () => {
  for (const [name, ...others] of [...spellings, ...sameKeys]) {
    it(`makes ${name} and ${others.join(', ')} one`, () => {
      const keys = latinKeys(name)
      for (const other of others) {
        const theirs = [latinKey(other), ...latinKeys(other)]
        assert.ok(
          theirs.some((key) => keys.includes(key)),
          `${other}: ${theirs.join(', ')} among ${keys.join(', ')}`,
        )
      }
    })
  }

  it('keeps different names apart', () => {
    for (const [name, ...others] of [
      ['Олена', 'Elena', 'Helena'],
      ['Анна', 'Hanna', 'Ivanna'],
      ['Шевченко', 'Savchenko', 'Marchenko'],
    ] as const) {
      for (const other of others) assert.ok(!latinKeys(name).includes(latinKey(other)), other)
    }
  })

  it('is the same with accents, capitals, apostrophes and hyphens as without', () => {
    assert.equal(latinKey('Анна'), 'анна')
    assert.equal(latinKey('O’Brien'), latinKey('obrien'))
    assert.equal(latinKey('ŽUKOVA'), latinKey('Zhukova'))
  })
})
