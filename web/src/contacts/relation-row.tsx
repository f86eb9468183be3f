import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { rowOf } from '../data/book.ts'
import { worker } from '../data/client.ts'
import { to } from '../routes.ts'
import { shownLabel } from '../strings/known-label.ts'
import { text } from '../strings/text.ts'
import { CardRow } from '../ui/card.tsx'
import { CopyButton } from './copy-button.tsx'
import { besideList, useListAddress } from './list-address.ts'
import styles from './contact.module.css'

type Props = { label: string | null; name: string }

/** Whom somebody belongs to; a name that is in the book leads there. */
export function RelationRow({ label, name }: Props) {
  const id = useIdOf(name)
  const list = useListAddress()
  return (
    <CardRow
      label={label ? shownLabel(label) : text('contacts.relation')}
      end={<CopyButton value={name} />}
    >
      {id ? (
        <Link href={besideList(to.contact(id), list)} className={styles.link}>
          {name}
        </Link>
      ) : (
        name
      )}
    </CardRow>
  )
}

function useIdOf(name: string): string | null {
  const [found, setFound] = useState<{ name: string; id: string | null } | null>(null)
  useEffect(() => {
    let isCurrent = true
    void findId(name).then((id) => isCurrent && setFound({ name, id }))
    return () => {
      isCurrent = false
    }
  }, [name])
  return found?.name === name ? found.id : null
}

async function findId(name: string): Promise<string | null> {
  const { slots } = await worker.list({
    of: 'all',
    search: name,
    notes: false,
    sort: 'first_name',
  })
  const wanted = name.toLocaleLowerCase()
  const rows = Array.from(slots.subarray(0, 20), rowOf)
  return rows.find((row) => row?.title.toLocaleLowerCase() === wanted)?.id ?? null
}
