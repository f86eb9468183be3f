import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

type Props = { onRestore: () => void; onDiscard: () => void }

/** Says that the contact was deleted while its form was open. */
export function Gone({ onRestore, onDiscard }: Props) {
  return (
    <Banner
      title={text('editing.gone')}
      actions={
        <>
          <Button onPress={onRestore}>{text('editing.restoreAndSave')}</Button>
          <Button onPress={onDiscard}>{text('editing.discard')}</Button>
        </>
      }
    >
      <p>{text('editing.goneNote')}</p>
    </Banner>
  )
}
