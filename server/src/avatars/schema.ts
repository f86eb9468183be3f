import Type from 'typebox'

export const AvatarPath = Type.Object({
  key: Type.String({ description: 'As in the `avatar` of its user.' }),
})

export const AvatarForm = Type.Object({
  file: Type.String({
    format: 'binary',
    description: 'JPEG, PNG or WebP, up to 5 MB and 25 megapixels.',
  }),
})
