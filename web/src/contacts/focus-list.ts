/** Gives the focus to the row of the list that the Tab key comes to; false when there is none. */
export function focusList(): boolean {
  const row = document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]')
  row?.focus()
  return row !== null
}
