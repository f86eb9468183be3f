import Type from 'typebox'
import type { Contact } from '../book/contact.ts'
import { contactFormats } from '../book/formats.ts'
import { contactFrom } from '../contacts/apply-input.ts'
import { ContactPatch, NewContact } from '../contacts/body-schema.ts'
import { distinct, patching } from '../contacts/contacts.ts'
import type { Edit } from '../contacts/edit.ts'
import { itemSchemas } from '../contacts/item-schema.ts'
import { AppError, invalidField, invalidInput } from '../errors.ts'
import { checkerOf, findBadText } from '../http/validation.ts'
import {
  operationSchemas,
  type BatchCreate,
  type BatchDelete,
  type BatchPatch,
  type BatchRestore,
} from './schema.ts'

/** An operation as it was sent, of which only the name is sure. */
export type SentOperation = { op_id: string; operation?: unknown }

const checkName = checkerOf(Type.Object({ op_id: Type.String({ format: 'uuid' }) }), contactFormats)

/** @returns what was sent as an operation with a name, or why it is none */
export function readName(sent: unknown): SentOperation | AppError {
  const errors = checkName(sent, () => false)
  return errors.length > 0 ? invalidInput(errors) : (sent as SentOperation)
}

/** The text that was sent as a name, whatever it is. */
export function sentName(sent: unknown): string | null {
  const isObject = typeof sent === 'object' && sent !== null && 'op_id' in sent
  return isObject && typeof sent.op_id === 'string' ? sent.op_id : null
}

/** What is to be done, as far as it can be said without the book. */
export type Operation =
  | { kind: 'create'; id: string | null; contact: Contact; labelIds: string[] }
  | { kind: 'patch'; id: string; edit: Edit; labelIds: string[]; ifRevision: string | undefined }
  | { kind: 'delete'; id: string; ifRevision: string | undefined }
  | { kind: 'restore'; id: string }

/** An operation that could be read, with the id of its contact: a new one if no contact can have it. */
export type Readable = Operation & { id: string; isIdNew: boolean }

type Kind = keyof typeof operationSchemas
const kinds = Object.keys(operationSchemas) as Kind[]

const shared = [NewContact, ContactPatch, ...itemSchemas]
const checks = {
  create: checkerOf(operationSchemas.create, contactFormats, shared),
  patch: checkerOf(operationSchemas.patch, contactFormats, shared),
  delete: checkerOf(operationSchemas.delete, contactFormats),
  restore: checkerOf(operationSchemas.restore, contactFormats),
}

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * Reads an operation that a client sent.
 * @throws AppError `invalid`, with pointers that start at the operation
 */
export function readOperation(sent: SentOperation): Operation {
  const checked = check(sent)
  switch (checked.operation) {
    case 'create':
      return {
        kind: 'create',
        id: ownId(checked.id),
        contact: inField('/contact', () => contactFrom(checked.contact)),
        labelIds: distinct(checked.contact.label_ids ?? []),
      }
    case 'patch':
      return {
        kind: 'patch',
        id: checked.id.toLowerCase(),
        edit: inPatch(patching(checked.patch)),
        labelIds: distinct(checked.patch.label_ids ?? []),
        ifRevision: checked.if_revision,
      }
    case 'delete':
      return { kind: 'delete', id: checked.id.toLowerCase(), ifRevision: checked.if_revision }
    default:
      return { kind: 'restore', id: checked.id.toLowerCase() }
  }
}

/** Runs `work`, whose refusals point into a member of the operation. */
export function inField<T>(pointer: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'validation_failed') throw error
    const errors = error.errors ?? []
    throw invalidInput(errors.map((one) => ({ ...one, pointer: pointer + one.pointer })))
  }
}

function inPatch(edit: Edit): Edit {
  return (current) => inField('/patch', () => edit(current))
}

type Checked = BatchCreate | BatchPatch | BatchDelete | BatchRestore

function check(sent: SentOperation): Checked {
  const kind = kinds.find((one) => one === sent.operation)
  if (!kind) throw invalidField('/operation', `must be one of ${kinds.join(', ')}.`)
  const badText = findBadText(sent)
  const errors = badText ? [badText] : checks[kind](sent, () => false)
  if (errors.length > 0) throw invalidInput(errors)
  return sent as Checked
}

function ownId(sent: string | undefined): string | null {
  if (sent === undefined) return null
  const id = sent.toLowerCase()
  if (!uuidV7.test(id)) throw invalidField('/id', 'is no UUIDv7 (RFC 9562).')
  return id
}
