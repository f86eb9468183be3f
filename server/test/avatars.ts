import sharp from 'sharp'
import type { Person } from './people.ts'

/** A JPEG of one colour. */
export const picture = (background = 'teal') =>
  sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .jpeg()
    .toBuffer()

/** Sends a form with these parts to change the person's avatar. */
export async function upload(
  person: Person,
  parts: Record<string, Blob | string>,
  fileName = 'me.jpg',
) {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, fileName)
  }
  const body = new Response(form)
  const headers = { 'content-type': body.headers.get('content-type') ?? '' }
  return person.patch('/api/users/avatar', Buffer.from(await body.arrayBuffer()), headers)
}

export const uploadPicture = async (person: Person, bytes?: Buffer) =>
  upload(person, { file: new Blob([new Uint8Array(bytes ?? (await picture()))]) })

export async function avatarOf(person: Person): Promise<string | null> {
  return (await person.get('/api/users/me')).json().avatar
}
