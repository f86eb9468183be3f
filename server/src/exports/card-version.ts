/** `stored` leaves cards in the version they came in. */
export type CardVersion = '3.0' | '4.0' | 'stored'
