import Type, { type Static } from 'typebox'

export const Status = Type.Object({ status: Type.String({ examples: ['ok'] }) })

const state = (...states: string[]) => Type.String({ examples: states })

/** What `/readyz?verbose` tells; to strangers only `status`. */
export type HealthReport = Static<typeof HealthReport>
export const HealthReport = Type.Object({
  status: state('ok', 'degraded'),
  version: Type.Optional(Type.String({ examples: ['0.1.0'] })),
  database: Type.Optional(
    Type.Object({
      status: state('ok'),
      kind: state('embedded', 'postgresql'),
      version: Type.String({ examples: ['18.1'] }),
      latency_ms: Type.Number({ examples: [0.4] }),
    }),
  ),
  redis: Type.Optional(Type.Object({ status: state('ok', 'away', 'not_used') })),
  mail_queue: Type.Optional(
    Type.Object({
      status: state('ok', 'delayed'),
      transport: state('smtp', 'files'),
      waiting: Type.Integer({ description: 'Mails that are not sent yet.', examples: [0] }),
      delayed: Type.Integer({ description: 'Those that were tried in vain.', examples: [0] }),
    }),
  ),
  storage: Type.Optional(
    Type.Object({
      status: state('ok', 'low', 'away'),
      avatars: state('disk', 'cloudinary'),
      free_octets: Type.Integer({ description: 'In the data folder.', examples: [81_000_000_000] }),
    }),
  ),
})
