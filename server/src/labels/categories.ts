import { categoryKey, labelKey } from '../book/label-name.ts'

/**
 * The categories of a card after one of its labels was renamed. A category that names none of its
 * labels any more is taken for the old name. A label that came from a group, and so is not among the
 * categories, does not become one.
 * @param labelNames of all its labels, as they are now
 * @param renamed the new name, one of those
 */
export function renameCategory(
  categories: readonly string[],
  labelNames: readonly string[],
  renamed: string,
): string[] {
  const keys = new Set(labelNames.map(labelKey))
  const isRenamed = (category: string) => categoryKey(category) === labelKey(renamed)
  const old = categories.some(isRenamed)
    ? undefined
    : categories.find((category) => !keys.has(categoryKey(category)))
  return categories.map((category) =>
    category === old || isRenamed(category) ? renamed : category,
  )
}
