import type { DuplicateGroup } from '@kith/server/duplicates/schema'
import { useId } from 'react'
import { titleOf } from '../data/title.ts'
import type { Pages } from '../data/use-pages.ts'
import { currentLocale, text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardRow } from '../ui/card.tsx'
import { notify } from '../ui/toast.tsx'
import { takeBack } from './dismiss.ts'

type Props = { pages: Pages<DuplicateGroup>; onTakenBack: () => Promise<void> }

/** Groups of which somebody said that they are different people. */
export function Dismissed({ pages, onTakenBack }: Props) {
  if (pages.kind !== 'here' || pages.items.length === 0) return null
  return (
    <Card title={text('duplicates.dismissed-title')}>
      {pages.items.map((group) => (
        <DismissedRow key={group.id} group={group} onTakenBack={onTakenBack} />
      ))}
    </Card>
  )
}

function DismissedRow({
  group,
  onTakenBack,
}: {
  group: DuplicateGroup
  onTakenBack: () => Promise<void>
}) {
  const nameId = useId()
  const list = new Intl.ListFormat(currentLocale(), { type: 'conjunction' })

  async function undo() {
    if (!(await takeBack(group))) return
    await onTakenBack()
    notify({ title: text('duplicates.taken-back') })
  }

  return (
    <CardRow
      end={
        <Button aria-describedby={nameId} onPress={undo}>
          {text('duplicates.take-back')}
        </Button>
      }
    >
      <span id={nameId}>{list.format(group.contacts.map(titleOf))}</span>
    </CardRow>
  )
}
