import { labelKey, labelName } from '../book/label-name.ts'

/**
 * The categories of a card after one of its labels was renamed. What names none of its labels any
 * more is taken for the old name. A label that is not among the categories, because it came from a
 * group, does not become one.
 * @param labelNames of all its labels, as they are now
 * @param renamed the new name, one of those
 */
export function renameCategory(
  categories: readonly string[],
  labelNames: readonly string[],
  renamed: string,
): string[] {
  const keys = new Set(labelNames.map(labelKey))
  const isRenamed = (category: string) => keyOf(category) === labelKey(renamed)
  const old = categories.some(isRenamed)
    ? undefined
    : categories.find((category) => !keys.has(keyOf(category)))
  return categories.map((category) =>
    category === old || isRenamed(category) ? renamed : category,
  )
}

/** Of the label that a category is on its way in. */
function keyOf(category: string): string {
  return labelKey(labelName(category) ?? '')
}
