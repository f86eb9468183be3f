import { text } from '../strings/text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { commandIds, commandOf, shownForm } from './commands.ts'
import { useSingleKeys } from './single-keys.ts'
import styles from './shortcut-sheet.module.css'

const groups = ['find', 'move', 'change', 'select', 'go', 'help'] as const

/** Every key there is. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const areSingleKeysOn = useSingleKeys()
  return (
    <Dialog title={text('commands.shortcuts')} isOpen onClose={onClose} width="wide">
      {areSingleKeysOn ? null : <p className={styles.off}>{text('commands.off')}</p>}
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.title}>{text(`commands.group.${group}`)}</h3>
            <dl>
              {commandIds
                .filter((id) => commandOf(id).group === group && commandOf(id).keys.length > 0)
                .map((id) => (
                  <div key={id} className={styles.row}>
                    <dt>{text(commandOf(id).text)}</dt>
                    <dd className={styles.keys}>
                      {commandOf(id).keys.map((key) => (
                        <Keys key={key} shortcut={shownForm(key)} isRead />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
