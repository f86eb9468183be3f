import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useIsDiskFull, useSession, useSync, useWaiting } from '../data/state.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { LinkButton, OutsideLinkButton } from '../ui/link-button.tsx'
import { LazyRefusedBanner, usePreloadedWaiting } from './lazy-waiting.tsx'
import styles from './sync-banners.module.css'

/** What keeps this device from being in step with the server, above everything else. */
export function SyncBanners() {
  const session = useSession()
  const sync = useSync()
  const isDiskFull = useIsDiskFull()
  const waiting = useWaiting()
  const [path] = useLocation()
  const search = useSearch()
  usePreloadedWaiting()
  // It stays: its list may be open when the last of it is sent.
  const [wasRefused, setWasRefused] = useState(false)
  if (!wasRefused && waiting.some(({ refusal }) => refusal)) setWasRefused(true)
  return (
    <div className={styles.banners}>
      {session.kind === 'expired' ? (
        <Banner
          title={text('sync.expired')}
          actions={
            <OutsideLinkButton
              variant="primary"
              href={to.logIn(search ? `${path}?${search}` : path)}
            >
              {text('sync.logIn')}
            </OutsideLinkButton>
          }
        >
          {text('sync.expiredNote', { count: waiting.length })}
        </Banner>
      ) : null}
      {sync.kind === 'failing' ? (
        <Banner title={text('sync.failing')}>{text('sync.failingNote')}</Banner>
      ) : null}
      {isDiskFull ? (
        <Banner
          title={text('sync.diskFull')}
          actions={<LinkButton to={to.settings('storage')}>{text('sync.storage')}</LinkButton>}
        >
          {text('sync.diskFullNote')}
        </Banner>
      ) : null}
      {wasRefused ? <LazyRefusedBanner /> : null}
    </div>
  )
}
