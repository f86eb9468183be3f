import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { useIsCut } from './use-token.ts'

/** Says that the link which opened this page was cut short; nothing where it was whole. */
export function CutLink() {
  const isCut = useIsCut()
  return isCut ? (
    <Banner title={text('account.cutLink')}>{text('account.cutLinkNote')}</Banner>
  ) : null
}
