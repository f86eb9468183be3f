/** In SQL: a UID by which those are found that differ from it in case alone, by `contacts_uid_once`. */
export function foldedUid(uid: string): string {
  return `lower(${uid} collate "C")`
}
