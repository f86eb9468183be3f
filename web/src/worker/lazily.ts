/** What makes a value when it is first asked for, once; where that failed, it is tried again. */
export function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    const making = (made ??= make())
    making.catch(() => {
      if (made === making) made = undefined
    })
    return making
  }
}
