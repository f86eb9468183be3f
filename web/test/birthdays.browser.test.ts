import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { untilEqual } from '../../server/test/until.ts'
import { requireAccessible } from './accessibility.ts'
import { logIn, startApp, widths, withoutBrowser } from './app.ts'
import { addPeople } from './book.ts'

const skip = withoutBrowser()
if (!skip) await describeBirthdays()

async function describeBirthdays() {
  const app = await startApp()
  after(() => app[Symbol.asyncDispose]())
  const now = new Date('2027-02-28T12:00:00')

  const born = [
    { first_name: 'Leap', birthday: '2004-02-29' },
    { first_name: 'Today', birthday: '--02-28' },
    { first_name: 'Soon', birthday: '1990-03-03' },
    { first_name: 'Later', birthday: '1990-06-01' },
    { first_name: 'Yesterday', birthday: '1990-02-27' },
    { first_name: 'Nobody knows' },
  ]

  describe('the birthdays', () => {
    it('are today, this week, and by month; ages stand where the year is known', async () => {
      const ada = await app.newPerson()
      await addPeople(ada, born)
      await using device = await app.openDevice()
      await device.page.clock.setFixedTime(now)
      await logIn(device, app.server.url, ada)
      const { page } = device
      await page.goto('/birthdays')
      await page.getByRole('heading', { name: 'Today', level: 2 }).waitFor()
      const main = page.getByRole('main', { name: 'Birthdays' })
      await untilEqual(
        () => main.getByRole('heading', { level: 2 }).allTextContents(),
        ['Today', 'This week', 'June', 'February 2028'],
      )
      const links = await main.getByRole('listitem').getByRole('link').allInnerTexts()
      assert.deepEqual(
        links.map((text) => text.split('\n').find(Boolean)),
        ['Leap', 'Today', 'Soon', 'Later', 'Yesterday'],
      )
      assert.match(links[0] ?? '', /turns 23/)
      assert.doesNotMatch(links[1] ?? '', /turns/)
      await main.getByRole('link', { name: 'Subscribe in a calendar' }).click()
      await page.waitForURL('**/settings/calendar')
    })

    it('say how to add one where there is none', async () => {
      const ada = await app.newPerson()
      await using device = await app.open(ada, '/birthdays')
      await device.page.getByText('No birthdays yet').waitFor()
      await requireAccessible(device.page)
    })

    for (const width of widths) {
      it(`are for everybody, at ${width} pixels`, async () => {
        const ada = await app.newPerson()
        await addPeople(ada, born)
        await using device = await app.open(ada, '/birthdays', { width })
        await device.page.getByRole('link', { name: /Leap/ }).waitFor()
        await requireAccessible(device.page)
      })
    }
  })
}
