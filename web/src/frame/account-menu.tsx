import { Button } from 'react-aria-components/Button'
import { useLocation } from 'wouter'
import { shortcutOf } from '../commands/commands.ts'
import { runCommand } from '../commands/handlers.ts'
import { ownAvatar } from '../data/own-avatar.ts'
import { useSession } from '../data/state.ts'
import { usePhoto } from '../data/use-photo.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import { KeyboardIcon, LogOutIcon, PersonIcon, SettingsIcon } from '../ui/icons.ts'
import { Menu, MenuHeading, MenuItem, MenuLine } from '../ui/menu.tsx'
import type { User } from '../worker/calls.ts'
import { UnsentChanges, useSignOut } from './sign-out.tsx'
import styles from './account-menu.module.css'

/** Who is logged in, and the ways to settings and out. */
export function AccountMenu() {
  const session = useSession()
  return 'user' in session ? <Account user={session.user} /> : null
}

function Account({ user }: { user: User }) {
  const [, navigate] = useLocation()
  const signOut = useSignOut()
  const photo = usePhoto(ownAvatar(user), 96)
  return (
    <>
      <Menu
        label={text('frame.account')}
        placement="top end"
        trigger={
          <Button aria-label={text('frame.account')} className={styles.button}>
            <Avatar id={user.id} name={user.username} photo={photo} size="menu" />
          </Button>
        }
      >
        <MenuHeading title={user.username}>{user.email}</MenuHeading>
        <MenuLine />
        <MenuItem icon={PersonIcon} onAction={() => navigate(to.settings('profile'))}>
          {text('frame.profile')}
        </MenuItem>
        <MenuItem
          icon={SettingsIcon}
          shortcut={shortcutOf('goSettings')}
          onAction={() => navigate(to.settings())}
        >
          {text('frame.settings')}
        </MenuItem>
        <MenuItem
          icon={KeyboardIcon}
          shortcut={shortcutOf('shortcuts')}
          onAction={() => runCommand('shortcuts')}
        >
          {text('commands.shortcuts')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={LogOutIcon} onAction={() => signOut.leave('send')}>
          {text('frame.logOut')}
        </MenuItem>
      </Menu>
      <UnsentChanges {...signOut} />
    </>
  )
}
