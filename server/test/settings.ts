/** As in the environment; an empty text means that it is not set. */
export type Settings = Record<string, string>

export const secretKey = '7d1c9f0b5e3a8246c0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a29180716253443'
