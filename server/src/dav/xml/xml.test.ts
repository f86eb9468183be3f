import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { attributeOf, childNamed, childrenOf, textOf } from './element.ts'
import { parseXml } from './parse-xml.ts'
import { copyOf, document, element, namedElement, text } from './write-xml.ts'
import { XmlError } from './xml-error.ts'

const read = (xml: string) => parseXml(Buffer.from(xml))

function refused(xml: string | Uint8Array, why: RegExp) {
  assert.throws(
    () => parseXml(typeof xml === 'string' ? Buffer.from(xml) : xml),
    (error) => error instanceof XmlError && why.test(error.message),
  )
}

describe('the parser of XML', () => {
  it('knows elements by their namespaces, whatever their prefixes are', () => {
    const root = read('<a:b xmlns:a="DAV:"><c xmlns="DAV:"/><a:d xmlns:a="other"/></a:b>')
    assert.equal(root.name, '{DAV:}b')
    assert.deepEqual(
      childrenOf(root).map(({ name }) => name),
      ['{DAV:}c', '{other}d'],
    )
  })

  it('reads texts, sections of characters, and attributes', () => {
    const root = read('<D:a xmlns:D="DAV:" n="x&amp;y"><D:b>a &lt; <![CDATA[<b>]]></D:b></D:a>')
    assert.equal(attributeOf(root, 'n'), 'x&y')
    const child = childNamed(root, 'D:b')
    assert.equal(child && textOf(child), 'a < <b>')
  })

  it('reads UTF-8 and UTF-16, with or without a mark', () => {
    const xml = '<a>Zoë 🙂</a>'
    const little = Buffer.from(xml, 'utf16le')
    const big = Buffer.from(little).swap16()
    const marks = [Buffer.of(0xef, 0xbb, 0xbf), Buffer.of(0xff, 0xfe), Buffer.of(0xfe, 0xff)]
    const forms = [
      Buffer.from(xml),
      Buffer.concat([marks[0] ?? little, Buffer.from(xml)]),
      little,
      big,
      Buffer.concat([marks[1] ?? little, little]),
      Buffer.concat([marks[2] ?? little, big]),
    ]
    for (const form of forms) assert.equal(textOf(parseXml(form)), 'Zoë 🙂')
  })

  it('refuses what is not well-formed', () => {
    refused('<a><b></a>', /well-formed/)
    refused('<a:b/>', /well-formed/)
    refused('<xmlns:b/>', /well-formed/)
    refused('<a/><b/>', /well-formed/)
    refused('<a x="1" x="2"/>', /well-formed/)
    refused('<a>\u0001</a>', /well-formed/)
    refused('', /well-formed|no element/)
    refused(Buffer.from([0x3c, 0x61, 0xff, 0x3e]), /neither UTF-8/)
  })

  it('expands no entity, and reads no document type', () => {
    refused('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', /document type/)
    refused('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', /document type/)
    refused('<a>&b;</a>', /well-formed/)
  })

  it('refuses what is nested too deeply, or has too many elements, as soon as it is', () => {
    refused('<a>'.repeat(500_000), /32 deep/)
    refused(`<a>${'<b/>'.repeat(250_000)}</a>`, /20000 elements/)
    assert.equal(childrenOf(read(`<a>${'<b/>'.repeat(19_999)}</a>`)).length, 19_999)
  })

  it('refuses too many attributes, on one element or on all', () => {
    const many = Array.from({ length: 50_000 }, (_, at) => ` a${at}="1"`).join('')
    refused(`<a${many}/>`, /10000 attributes/)
    refused(`<a>${'<b c="1"/>'.repeat(10_001)}</a>`, /10000 attributes/)
    const hrefs = '<D:href xmlns:D="DAV:"/>'.repeat(5_000)
    assert.equal(childrenOf(read(`<a>${hrefs}</a>`)).length, 5_000)
  })
})

describe('the writer of XML', () => {
  it('escapes what would be markup, and keeps the ends of lines', () => {
    const value = '<a href="x">&amp;\r\n\ttab</a>'
    assert.equal(textOf(read(document('D:a', text(value)))), value)
  })

  it('leaves out the characters that XML does not have', () => {
    const value = 'a\u0000\u0008\u001b\ud800\uffffb\u0085\u009f'
    assert.equal(textOf(read(document('D:a', text(value)))), 'ab\u0085\u009f')
  })

  it('gives names of any namespace back', () => {
    const xml = 'http://www.w3.org/XML/1998/namespace'
    const names = ['{urn:x"<}y', '{urn:x\t\nz}y', `{${xml}}foo`, '{}plain'] as const
    const written = document('D:prop', ...names.map((name) => namedElement(name, text('z'))))
    assert.deepEqual(
      childrenOf(read(written)).map(({ name }) => name),
      names,
    )
  })

  it('copies an element with all that is in it', () => {
    const xml =
      '<p:q xmlns:p="urn:p" xmlns:o="urn:o" o:a="1&#9;&#10;&#13;" b="2&#10;" xml:lang="uk">t<o:c/>&lt;' +
      '<d xmlns="DAV:"/><xml:foo xml:bar="1"/></p:q>'
    const copied = document('D:prop', copyOf(read(xml)))
    assert.deepEqual(childrenOf(read(copied))[0], read(xml))
  })

  it('writes empty elements short', () => {
    assert.equal(element('D:collection'), '<D:collection/>')
  })
})
