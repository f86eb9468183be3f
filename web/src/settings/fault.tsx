import { Banner } from '../ui/banner.tsx'

/** Why something did not work; nothing while there is no reason. */
export function Fault({ children }: { children: string | null }) {
  return children === null ? null : <Banner kind="fault" title={children} />
}
