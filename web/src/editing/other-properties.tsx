import { useCall } from '../data/call.ts'
import { text } from '../strings/text.ts'
import { Card, CardRow } from '../ui/card.tsx'

type Property = { name: string; value: string }

/** What only other programs understand of a contact. It is kept, and nothing of it can be edited here. */
export function OtherProperties({ id }: { id: string }) {
  const answer = useCall<Property[]>(`/api/contacts/${id}/other-properties`)
  if (answer.kind !== 'here' || answer.value.length === 0) return null
  const rows = new Map(answer.value.map((row) => [`${row.name}:${row.value}`, row]))
  return (
    <Card title={text('editing.otherApps')} level={3} note={text('editing.otherAppsNote')}>
      {Array.from(rows, ([key, { name, value }]) => (
        <CardRow key={key} label={name}>
          {value}
        </CardRow>
      ))}
    </Card>
  )
}
