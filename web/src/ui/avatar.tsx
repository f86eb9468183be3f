import { classes } from './classes.ts'
import { PersonIcon } from './icons.ts'
import { initialsOf, tintOf } from './initials.ts'
import styles from './avatar.module.css'

type Props = {
  /** Decides the tint. */
  id: string
  name: string
  /** The picture, once it is here; until then, and without one, initials. */
  photo?: string | null
  /** Companies have a square and one letter. */
  isCompany?: boolean
  /** 24, 32, 40 or 96 px. */
  size?: 'small' | 'menu' | 'row' | 'large'
}

/** A picture of somebody, for the eye only: their name stands beside it. */
export function Avatar({ id, name, photo, isCompany = false, size = 'row' }: Props) {
  const initials = initialsOf(name, isCompany)
  return (
    <span
      aria-hidden="true"
      // As generated content, which is no part of the words of a button around it.
      data-initials={photo ? undefined : initials}
      className={classes(
        styles.avatar,
        styles[size],
        isCompany && styles.company,
        styles[`tint${tintOf(id)}`],
      )}
    >
      {photo ? (
        <img src={photo} alt="" className={styles.photo} draggable={false} />
      ) : initials ? null : (
        <PersonIcon />
      )}
    </span>
  )
}
