import { text, type Message } from '../strings/text.ts'
import { Card } from '../ui/card.tsx'
import { Details } from '../ui/details.tsx'
import styles from './set-up-steps.module.css'

type Program = { name: Message; steps: Message[] }

const programs: Program[] = [
  {
    name: 'settings.iphone',
    steps: ['settings.iphone.1', 'settings.iphone.2', 'settings.iphone.3'],
  },
  {
    name: 'settings.iphoneByHand',
    steps: ['settings.iphoneByHand.1', 'settings.iphoneByHand.2', 'settings.iphoneByHand.3'],
  },
  {
    name: 'settings.android',
    steps: ['settings.android.1', 'settings.android.2', 'settings.android.3'],
  },
  {
    name: 'settings.thunderbird',
    steps: ['settings.thunderbird.1', 'settings.thunderbird.2', 'settings.thunderbird.3'],
  },
]

/** How to connect the programs that most people have. */
export function SetUpSteps({ email }: { email: string }) {
  const values = { server: location.host, address: `${location.origin}/dav/`, email }
  return (
    <Card title={text('settings.steps')} level={3}>
      {programs.map(({ name, steps }) => (
        <Details key={name} summary={text(name)}>
          <ol className={styles.steps}>
            {steps.map((step) => (
              <li key={step}>{text(step, values)}</li>
            ))}
          </ol>
        </Details>
      ))}
    </Card>
  )
}
