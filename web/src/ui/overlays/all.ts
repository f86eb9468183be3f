// All that opens over the page, as one chunk: it comes after the first paint, by `../later.ts`.
export { AlertDialog } from './alert-dialog.tsx'
export { Dialog } from './dialog.tsx'
export { keepFocus } from './keep-focus.ts'
export { Menu, MenuHeading, MenuItem, MenuLine } from './menu.tsx'
export { Popover } from './popover.tsx'
export { Sheet } from './sheet.tsx'
export { Notices, notify } from './toast.tsx'
