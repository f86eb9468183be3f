import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { undoable, undoLast, undoWaitsFor } from './undo-steps.ts'

/** Adds a step to be undone. @returns how often it was undone */
function addStep(title: string): () => number {
  let count = 0
  undoable(async () => (count++, true), { title, ids: [title] })
  return () => count
}

suite('Ctrl+Z while something is being kept', () => {
  test('waits for it and undoes it alone, however often it is pressed', async () => {
    const edits = addStep('edit')
    const { promise, resolve } = Promise.withResolvers<void>()
    const changing = undoWaitsFor(promise.then(() => addStep('change')))
    const presses = [undoLast(), undoLast()]
    resolve()
    const changes = await changing
    assert.deepEqual(await Promise.all(presses), [{ undone: 'change' }, { undone: null }])
    assert.deepEqual([edits(), changes()], [0, 1])
    assert.deepEqual(await undoLast(), { undone: 'edit' })
  })

  test('undoes nothing where it cannot be kept', async () => {
    const edits = addStep('edit')
    const { promise, reject } = Promise.withResolvers<void>()
    const changing = undoWaitsFor(promise)
    const press = undoLast()
    reject(new Error('no room'))
    await assert.rejects(changing, /no room/)
    assert.equal(await press, null)
    assert.equal(edits(), 0)
    assert.deepEqual(await undoLast(), { undone: 'edit' })
  })
})
