import { styleText } from 'node:util'
import { nearest } from '../nearest.ts'
import { UsageError, type Command, type Option } from './command.ts'
import { commandGroups, commands } from './commands.ts'
import { entry, wrap } from './layout.ts'

const column = 27

/** All commands, or the one that is named. @throws UsageError for one that there is not */
export function help(name: string, width: number): string {
  if (name !== '') return helpOn(requireCommand(name), width)
  const groups = commandGroups.map(({ title, commands }) =>
    [styleText('bold', title), ...commands.map((command) => describe(command, width))].join('\n'),
  )
  return [
    'npm run kith -- COMMAND [OPTIONS]',
    ...groups,
    entry('  help [COMMAND]', 'this list, or one command of it', column, width),
  ].join('\n\n')
}

function helpOn({ name, about, operands = [], options = {} }: Command, width: number): string {
  const signatures = Object.entries(options).map(([key, option]) => signature(key, option))
  const lines = Object.entries(options).flatMap(([key, option]) =>
    option.about ? [entry(`  ${signature(key, option)}`, option.about, column, width)] : [],
  )
  const usage = ['npm run kith --', name, ...signatures, ...operands].join(' ')
  return [usage, `\n  ${wrap(about, width - 2).join('\n  ')}`, ...lines].join('\n')
}

/** @throws UsageError that names the nearest one */
export function requireCommand(name: string): Command {
  const command = findCommand(name)
  if (command) return command
  const near = nearest(name, [...commands.map(({ name }) => name), 'help'])
  const hint = near ? ` Did you mean ${near}?` : ''
  throw new UsageError(`There is no command ${name}.${hint} "npm run kith" lists all.`)
}

export function findCommand(name: string): Command | undefined {
  return commands.find((command) => command.name === name)
}

function describe({ name, about, operands = [], options = {} }: Command, width: number): string {
  const lines = Object.entries(options).map(([key, option]) =>
    entry(`    ${signature(key, option)}`, option.about ?? '', column, width),
  )
  return [entry(`  ${[name, ...operands].join(' ')}`, about, column, width), ...lines].join('\n')
}

function signature(key: string, { value, isRequired }: Option): string {
  const text = value === undefined ? `--${key}` : `--${key} ${value}`
  return isRequired ? text : `[${text}]`
}
