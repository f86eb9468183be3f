import { Button } from 'react-aria-components/Button'
import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup'
import { text } from '../strings/text.ts'
import { Dot, type Swatch } from './dot.tsx'
import { CloseIcon } from './icons.ts'
import styles from './tags.module.css'

export type TagOption = { id: string; label: string; colour?: Swatch }

type Props = {
  label: string
  tags: readonly TagOption[]
  onRemove?: (id: string) => void
}

/** Chips in a row; each can be taken away by its cross, Delete or Backspace. */
export function Tags({ label, tags, onRemove }: Props) {
  return (
    <TagGroup
      aria-label={label}
      onRemove={onRemove && ((keys) => [...keys].forEach((key) => onRemove(String(key))))}
    >
      <TagList className={styles.list} items={tags}>
        {(tag) => (
          <Tag id={tag.id} textValue={tag.label} className={styles.tag}>
            {tag.colour !== undefined ? <Dot colour={tag.colour} /> : null}
            {tag.label}
            {onRemove ? (
              // Its name goes on with the tag's, which it is labelled by as well.
              <Button slot="remove" aria-label={text('ui.remove')} className={styles.remove}>
                <CloseIcon aria-hidden="true" />
              </Button>
            ) : null}
          </Tag>
        )}
      </TagList>
    </TagGroup>
  )
}
