/** Who asks, and by which app password. */
export type DavAccount = {
  userId: string
  keyId: string
  email: string
  username: string
  isReadOnly: boolean
}
