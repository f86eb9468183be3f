/** The pages for who is not logged in. */
export function AccountPages() {
  return <main />
}
