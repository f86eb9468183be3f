import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { drawFace, hairs } from './face.ts'
import { sampleFace } from './sample-face.ts'

const faces = Array.from({ length: 300 }, (_, number) => sampleFace('Olivia', number))

test('the same number gives the same face, others differ', () => {
  assert.deepEqual(sampleFace('Taras', 5), sampleFace('Taras', 5))
  assert.ok(new Set(faces.map((face) => JSON.stringify(face))).size > 250)
})

test('no woman has a beard, and some men have', () => {
  assert.ok(faces.every(({ beard }) => beard === 'none'))
  assert.ok(faces.some((_, number) => sampleFace('Taras', number).beard === 'full'))
})

test('every kind of hair is a picture', async () => {
  for (const [number, hair] of hairs.entries()) {
    const svg = drawFace({ ...sampleFace('Taras', number), hair })
    const { width, height } = await sharp(Buffer.from(svg)).metadata()
    assert.deepEqual([width, height], [240, 240], hair)
  }
})
