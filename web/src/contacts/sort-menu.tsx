import { memo } from 'react'
import { Button } from 'react-aria-components/Button'
import { useSearchParams } from 'wouter'
import { setPreferences } from '../data/change.ts'
import { text } from '../strings/text.ts'
import { ChevronDownIcon } from '../ui/icons.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import type { Sort } from '../worker/calls.ts'
import { preferenceOf } from './list-query.ts'
import styles from './sort-menu.module.css'

const sorts = ['first_name', 'last_name', 'changed'] as const satisfies Sort[]

/** The order of the list: chosen here, it is the usual one on every device. */
export const SortMenu = memo(function SortMenu({ sort }: { sort: Sort }) {
  const [, setParams] = useSearchParams()
  const choose = (sort: Sort) => {
    void setPreferences({ sort: preferenceOf[sort] })
    setParams((params) => withSort(params, sort), { replace: true })
  }
  return (
    <Menu
      label={text('contacts.sort')}
      trigger={
        <Button className={styles.button} aria-label={text('contacts.sort')}>
          {/* As content of its style, the order stays out of the name, which is what the button does. */}
          <span className={styles.order} data-order={text(`contacts.sort.${sort}`)} />
          <ChevronDownIcon aria-hidden="true" />
        </Button>
      }
    >
      {sorts.map((one) => (
        <MenuItem key={one} isCurrent={one === sort} onAction={() => choose(one)}>
          {text(`contacts.sort.${one}`)}
        </MenuItem>
      ))}
    </Menu>
  )
})

function withSort(params: URLSearchParams, sort: Sort): URLSearchParams {
  const next = new URLSearchParams(params)
  next.set('sort', sort)
  return next
}
