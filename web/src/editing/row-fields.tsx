import { rulesOfList, type ListField } from '@kith/server/book/fields'
import { knownMessengers } from '@kith/server/book/known-messengers'
import { labelMeant, serviceMeant, shownLabel, shownService } from '../strings/known-label.ts'
import { text, type Message } from '../strings/text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { RemoveIcon } from '../ui/icons.ts'
import { TextField } from '../ui/text-field.tsx'
import { textsOfLists } from './field-texts.ts'
import { partField, type Row } from './form.ts'
import { LabelField } from './label-field.tsx'
import { labelsOfLists } from './labels-of-lists.ts'
import styles from './row-fields.module.css'

type Props = {
  list: ListField
  row: Row
  faults: ReadonlyMap<string, string>
  onChange: (part: string, value: string) => void
  onRemove: () => void
}

/** One value of a list: its button to remove it, its label, and what it is. */
export function RowFields({ list, row, faults, onChange, onRemove }: Props) {
  const texts = textsOfLists[list]
  const part = (name: string) => ({
    id: partField(row.key, name),
    value: row.parts[name] ?? '',
    onChange: (value: string) => onChange(name, value),
    fault: faults.get(partField(row.key, name)) ?? null,
  })
  return (
    <div className={styles.row} data-item={rulesOfList(list).item}>
      <div className={styles.remove}>
        <IconButton
          icon={RemoveIcon}
          variant="danger"
          label={text(texts.remove)}
          onPress={onRemove}
        />
      </div>
      <div className={styles.label}>
        <LabelField
          {...part('label')}
          name={text(texts.label)}
          known={labelsOfLists[list]}
          shown={shownLabel}
          meant={labelMeant}
          placeholder={text(list === 'custom_fields' ? 'editing.anyName' : 'editing.anyLabel')}
        />
      </div>
      {list === 'messengers' ? (
        <div className={styles.service}>
          <LabelField
            {...part('service')}
            name={text('editing.service')}
            known={services}
            shown={shownService}
            meant={serviceMeant}
            placeholder={text('editing.anyService')}
          />
        </div>
      ) : null}
      <div className={styles.value}>
        {list === 'addresses' ? (
          addressFields.map(({ name, message, multiline, autoSize }) => (
            <div key={name} className={styles[autoSize]}>
              <TextField
                {...part(name)}
                aria-label={text(message)}
                placeholder={text(message)}
                multiline={multiline}
                bare
                autoComplete="off"
              />
            </div>
          ))
        ) : (
          <TextField
            {...part('value')}
            {...kindsOfText[list]}
            aria-label={text(texts.value)}
            multiline={rulesOfList(list).isMultiline}
            bare
            autoComplete="off"
          />
        )}
      </div>
    </div>
  )
}

const services = [...knownMessengers.keys()].sort((a, b) =>
  shownService(a).localeCompare(shownService(b)),
)

const address = { dir: 'ltr', autoCapitalize: 'none', spellCheck: 'false' }

/** Which keyboard a phone shows; no type of `<input>`, whose own checks would stand in the way. */
const kindsOfText: Partial<Record<ListField, object>> = {
  phones: { dir: 'ltr', inputMode: 'tel' },
  emails: { ...address, inputMode: 'email' },
  links: { ...address, inputMode: 'url' },
  messengers: address,
  relations: { autoCapitalize: 'words' },
}

type AddressField = {
  name: string
  message: Message
  multiline?: boolean
  autoSize: 'whole' | 'half'
}

const addressFields: AddressField[] = [
  { name: 'street', message: 'editing.street', multiline: true, autoSize: 'whole' },
  { name: 'extended', message: 'editing.extended', autoSize: 'half' },
  { name: 'po_box', message: 'editing.poBox', autoSize: 'half' },
  { name: 'postal_code', message: 'editing.postalCode', autoSize: 'half' },
  { name: 'city', message: 'editing.city', autoSize: 'half' },
  { name: 'region', message: 'editing.region', autoSize: 'half' },
  { name: 'country', message: 'editing.country', autoSize: 'half' },
]
