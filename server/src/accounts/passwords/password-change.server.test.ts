import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { tokenIn } from '../../../test/mailbox.ts'
import { whileChecking } from '../../../test/meanwhile.ts'
import { expectStatus, logIn, signUp, type Person } from '../../../test/people.ts'
import { expectProblem, expectRefused } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const url = '/api/auth/change_password'
const newPassword = 'a brand new password'

function change(person: Person, current = person.password, wanted = newPassword) {
  return person.post(url, { current_password: current, new_password: wanted })
}

function refresh({ tokens }: Person) {
  const headers = { authorization: `Bearer ${tokens.refresh_token}` }
  return server.inject({ method: 'POST', url: '/api/auth/refresh_token', headers })
}

describe('POST /api/auth/change_password', () => {
  it('changes it, keeps this session, ends the others, and tells the owner', async () => {
    const laptop = await signUp(server)
    const phone = await logIn(server, laptop)
    expectStatus(await phone.get('/api/users/me'), 200)
    const answer = await change(laptop)

    expectStatus(answer, 200)
    assert.deepEqual(answer.json(), { message: 'Your password has been changed.' })
    expectStatus(await laptop.get('/api/users/me'), 200)
    expectStatus(await refresh(laptop), 200)
    expectProblem(await phone.get('/api/users/me'), 401, 'invalid_token')
    expectProblem(await refresh(phone), 401, 'invalid_token')
    await logIn(server, { ...laptop, password: newPassword })
    const { text = '' } = await server.mailbox.next({ to: laptop.email, subject: /was changed/ })
    assert.ok(!text.includes(newPassword) && !text.includes(laptop.password))
  })

  it('refuses a wrong current password, and changes nothing', async () => {
    const ada = await signUp(server)

    expectProblem(
      await change(ada, 'not the password'),
      403,
      'wrong_password',
      'The password is wrong.',
    )
    await logIn(server, ada)
  })

  it('refuses a weak new one, and every other shape', async () => {
    const ada = await signUp(server)
    for (const weak of ['short', 'password', 'x'.repeat(129), 'abababababab']) {
      expectRefused(await change(ada, ada.password, weak), '/new_password')
    }

    expectRefused(await ada.post(url, {}), '/current_password', '/new_password')
    const both = { current_password: ada.password, new_password: newPassword }
    expectRefused(await ada.post(url, { ...both, user_id: 'x' }), '/user_id')
    expectRefused(await ada.post(url, { ...both, current_password: null }), '/current_password')
    expectProblem(
      await ada.post(url, 'x', { 'content-type': 'text/plain' }),
      415,
      'unsupported_media_type',
    )
    await logIn(server, ada)
  })

  it('is for who is logged in', async () => {
    const payload = { current_password: 'x', new_password: newPassword }
    expectProblem(await server.inject({ method: 'POST', url, payload }), 401, 'not_authenticated')
  })

  it('kills links that were mailed before', async () => {
    const ada = await signUp(server)
    const { email } = ada
    await server.inject({ method: 'POST', url: '/api/auth/forgot_password', payload: { email } })
    const token = tokenIn(await server.mailbox.next({ to: email, subject: /^Set a new/ }))
    expectStatus(await change(ada), 200)

    const payload = { token, password: 'by the old link' }
    const answer = await server.inject({ method: 'POST', url: '/api/auth/reset_password', payload })
    expectProblem(answer, 400, 'invalid_reset_token')
  })

  it('does not undo a reset that overtakes its check', async () => {
    const thief = await signUp(server)
    const { email } = thief
    await server.inject({ method: 'POST', url: '/api/auth/forgot_password', payload: { email } })
    const token = tokenIn(await server.mailbox.next({ to: email, subject: /^Set a new/ }))
    const payload = { token, password: "the owner's new password" }
    whileChecking(server, async () => {
      expectStatus(
        await server.inject({ method: 'POST', url: '/api/auth/reset_password', payload }),
        200,
      )
    })

    expectProblem(await change(thief), 403, 'wrong_password')
    await logIn(server, { ...thief, password: payload.password })
  })

  it('is done by one of many at the same time', async () => {
    const ada = await signUp(server)
    const devices = [ada, await logIn(server, ada), await logIn(server, ada)]
    const answers = await Promise.all(
      devices.map((device, index) => change(device, ada.password, `${newPassword} ${index}`)),
    )

    const winners = [0, 1, 2].filter((index) => answers[index]?.statusCode === 200)
    assert.equal(winners.length, 1, answers.map((answer) => answer.body).join())
    for (const { statusCode } of answers) assert.ok([200, 401, 403].includes(statusCode))
    await logIn(server, { ...ada, password: `${newPassword} ${winners[0]}` })
  })

  it('leaves no other session alive when those refresh at the same time', async () => {
    const laptop = await signUp(server)
    const phones: Person[] = []
    for (let index = 0; index < 8; index++) phones.push(await logIn(server, laptop))
    const [changed, ...refreshed] = await Promise.all([change(laptop), ...phones.map(refresh)])

    expectStatus(changed, 200)
    for (const answer of refreshed) {
      assert.ok([200, 401].includes(answer.statusCode), answer.body)
      if (answer.statusCode === 401) continue
      const headers = { authorization: `Bearer ${answer.json().access_token}` }
      const me = await server.inject({ method: 'GET', url: '/api/users/me', headers })
      expectProblem(me, 401, 'invalid_token')
    }
    const sessions = (await laptop.get('/api/auth/sessions')).json()
    assert.equal(sessions.length, 1)
  })
})
