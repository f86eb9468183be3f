/** Passes items on, and has the next one made while the consumer works on one. */
export async function* readAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]()
  let next = iterator.next()
  try {
    for (;;) {
      const result = await next
      if (result.done) return
      next = iterator.next()
      // A failure is thrown when its turn comes.
      next.catch(() => {})
      yield result.value
    }
  } finally {
    await iterator.return?.()
  }
}
