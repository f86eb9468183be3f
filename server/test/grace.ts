/** A contact with every field, as it is sent and as it comes back. */
export const whole = {
  first_name: 'Grace',
  last_name: 'Hopper',
  email: 'grace@example.org',
  phone: '+1 (703) 555-0100',
  birthday: '1906-12-09',
  additional_data: 'Found the first bug.\nIt was a moth.',
}

/** A contact's fields where there is none. */
export const nothing = {
  first_name: null,
  last_name: null,
  email: null,
  phone: null,
  birthday: null,
  additional_data: null,
}

/** The fields of a contact that the simple shape has, but for its id and times. */
export function fieldsOf(contact: object): typeof nothing {
  const fields = Object.entries(contact).filter(([name]) => name in nothing)
  return Object.fromEntries(fields) as typeof nothing
}
