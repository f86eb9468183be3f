// All that is said of what is not on the server, as one chunk: it comes after the first paint, by
// `../sync/lazy-waiting.tsx`.
export { RefusedBanner } from './refused-banner.tsx'
export { SyncPanel } from './sync-panel.tsx'
export { UnsentChanges } from './unsent-changes.tsx'
