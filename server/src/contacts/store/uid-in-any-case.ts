/**
 * In SQL: whether a contact is in use and has a UID that differs from this one at most in case, as `contacts_uid_once`
 * finds it. A UUID is the same in any case; of other UIDs the caller compares the case.
 */
export function hasUidInAnyCase(uid: string): string {
  return `lower(contacts.uid collate "C") = lower(${uid} collate "C")
        and contacts.uid is not null and contacts.deleted_at is null`
}
