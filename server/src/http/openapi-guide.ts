/** What holds for all calls: the description of the OpenAPI document, in CommonMark. */
export const guide = `
An address book you host yourself. Sign up, confirm the address by the mailed link, log in
(here: **Authorize**, with your e-mail address as the username), and manage your contacts.

Names are snake_case, times are ISO 8601 in UTC. Paths answer with and without a trailing slash.

## Errors

Errors are \`application/problem+json\` (RFC 9457): \`code\` is for programs and keeps its meaning,
\`detail\` is a sentence for people, and a 422 lists the refused fields by JSON pointer. Each call names
the codes that it may give. What is not there and what is somebody else's is 404 alike. Every path
answers 405 \`method_not_allowed\` with \`Allow\` to methods that it does not have, and any call may fail
with 500 \`internal_error\`.

## Pages

A list of contacts is an array; \`X-Total-Count\` counts them all, and \`Link: <…>; rel="next"\` (RFC 8288)
leads to the next page until there is none. \`skip\` is for the first pages: it gets slower with depth,
\`after\` does not.

## Changes by several people or devices

A contact has an \`ETag\`. Sent back as \`If-Match\`, it lets a write pass only while the contact is as it
was read; otherwise 412 \`stale\`. \`If-None-Match\` saves reading what has not changed: 304.

## Keeping a copy

\`GET /api/changes\` gives all contacts and labels once, and then whatever has changed since: as pages of
JSON or as a stream of lines. \`GET /api/changes/events\` says when there is something to read. Every
contact has a \`revision\`, which is its \`ETag\` without the quotes.

## Sending again

\`PUT\`, \`PATCH\` and \`DELETE\` may be sent again when an answer was lost. \`POST /api/contacts\` and
\`POST /api/contacts/merge\` take an \`Idempotency-Key\` for that: the same key within 7 days gets the same
answer, and makes one contact or one merge.
\`POST /api/contacts/batch\` carries out up to 500 operations, each under an \`op_id\` of yours: sent again
within 7 days, it gets the same result and is not done twice.

## Limits

Calls are counted per user, or per address where nobody is logged in, over a sliding window. Answers
say how many are left in \`RateLimit\`; beyond that 429 with \`Retry-After\` in seconds.

## Versions

\`info.version\` is the version of the server (SemVer). Within a major version, calls and their answers
only grow: clients ignore members, codes and headers that they do not know. What is to go is marked
\`deprecated\` here and answers with a \`Deprecation\` header (RFC 9745); it stays for a year at the least,
and until the next major version.`
