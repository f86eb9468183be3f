import { globSync } from 'node:fs'
import { findPrograms } from './programs.ts'

/** What runs Evolution's data server without a desktop. */
export type Evolution = {
  dbus: string
  python: string
  /** The files by which D-Bus starts its services. */
  services: string[]
}

/** The data server, D-Bus, and the Python of the system, which knows its library. */
export function findEvolution(): Evolution | undefined {
  const [dbus] = findPrograms(['dbus-run-session'])
  const [library] = globSync('/usr/lib/*/girepository-1.0/EBook-1.2.typelib')
  const services = globSync('/usr/share/dbus-1/services/org.gnome.evolution.dataserver.*.service')
  const [python] = globSync('/usr/bin/python3')
  if (!dbus || !library || !python || services.length === 0) return undefined
  return { dbus, python, services }
}
