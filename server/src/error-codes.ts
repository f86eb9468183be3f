/**
 * Every code of an error, below its kind, with an example of its sentence. Clients rely on the codes:
 * one that was published keeps its meaning.
 */
export const errorCodes = {
  malformed: {
    malformed_request: 'The request could not be read.',
    malformed_json: 'The body is not valid JSON.',
    too_deep: 'The JSON is nested too deeply.',
    malformed_multipart: 'The form could not be read.',
    verification_error: 'Verification error',
    invalid_reset_token: 'This link is not valid any more. Ask for a new one.',
  },
  unauthorized: {
    not_authenticated: 'Not authenticated',
    invalid_token: 'Could not validate credentials',
    invalid_login: 'Invalid email or password',
    email_not_confirmed: 'Email not confirmed',
    session_ended: 'The session was ended.',
    session_expired: 'The session is over: log in again.',
  },
  forbidden: {
    registration_closed: 'This server takes no new accounts.',
    wrong_password: 'The password is wrong.',
    token_not_allowed: 'API tokens do not open this call.',
    read_only_token: 'This token may only read.',
    other_site: 'This form was sent by another site.',
  },
  not_found: {
    not_found: 'There is no such contact.',
    no_photo: 'The contact has no photo.',
    photo_elsewhere: 'The card only has the address of a photo.',
    photo_unreadable:
      'The photo is no picture that can be made small: only its original can be had.',
  },
  method_not_allowed: { method_not_allowed: 'Use one of: GET, HEAD, OPTIONS.' },
  conflict: {
    account_exists: 'Account already exists',
    id_taken: 'You have, or had, a contact with this id.',
    label_exists: 'There is a label of this name already.',
    too_many_access_keys: 'There are 50 already: delete some first.',
    too_many_labels: 'There are 500 labels already: delete some first.',
    changed_since:
      'The contact was changed after the merge. Undo it with `force=true` nevertheless.',
    already_undone: 'The merge was undone already.',
    too_many_imports: '10 imports are waiting already. Come again when one is done.',
  },
  gone: { sync_token_expired: 'The token is not good any more: begin again without one.' },
  stale: { stale: 'The contact has changed since you read it.' },
  too_large: {
    too_large: 'The request body is too large.',
    card_too_large: 'The card has no room for a photo.',
  },
  unsupported: {
    unsupported_media_type: 'This call takes application/json.',
    compressed_body: 'Compressed bodies are not accepted.',
  },
  invalid: {
    validation_failed: 'The request is not valid: email: is required.',
    idempotency_key_reused: 'The Idempotency-Key was used for another request: take a new one.',
    op_id_reused: 'The op_id was used for another operation: take a new one.',
    invite_required: 'Signing up takes an invite.',
    invalid_invite: 'The invite cannot be used: ask for a new one.',
    file_empty: 'The file is empty.',
    file_not_recognised: 'This is a PDF: export your contacts as vCard or CSV.',
    file_encrypted: 'This ZIP archive is encrypted: unpack it, and pack it without.',
    file_damaged: 'This ZIP archive is damaged, or a part of it is missing.',
    csv_empty: 'The file is empty.',
    csv_not_recognised: 'No column is recognised. The first line must name the columns.',
    csv_too_wide: 'The file has 5000 columns; at most 4000 can be read.',
  },
  too_many: {
    rate_limited: 'Too many requests. Wait 6 s.',
    too_many_failures: 'Too many wrong passwords. Wait 4 s, or reset the password.',
    too_many_streams: 'You listen to 4 imports already. End one of them first.',
  },
  upstream_failed: { avatar_storage_failed: 'The picture could not be stored. Try again later.' },
  upstream_silent: {
    avatar_storage_silent: 'The picture could not be stored in time. Try again later.',
  },
  unavailable: {
    database_away: 'The database does not answer. Try again soon.',
    too_slow: 'This took too long and was stopped.',
    busy: 'The server is busy. Try again soon.',
    overloaded: 'The server is busy. Try again soon.',
    stopping: 'The server is stopping: send requests elsewhere.',
  },
} as const satisfies Record<string, Record<string, string>>

/** The kinds of failure of the domain. Each protocol decides how to answer them. */
export type ErrorKind = keyof typeof errorCodes

/** The codes that an error of this kind may have. */
export type CodeOf<Kind extends ErrorKind> = {
  [One in Kind]: keyof (typeof errorCodes)[One] & string
}[Kind]

export type ErrorCode = CodeOf<ErrorKind>
