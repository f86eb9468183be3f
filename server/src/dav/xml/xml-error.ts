/** What is no XML, or more of it than is read: one English sentence. */
export class XmlError extends Error {
  override name = 'XmlError'
}
