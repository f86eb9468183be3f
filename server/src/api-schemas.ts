import {
  EmailRequest,
  Login,
  LoginForm,
  PasswordChange,
  PasswordReset,
  Session,
  SignedUp,
  SignUp,
  TokenPair,
} from './accounts/schema.ts'
import { AccountDeletion, User, UserPatch } from './accounts/user-schema.ts'
import { UpcomingBirthday } from './birthdays/schema.ts'
import { ContactPatch, ContactReplacement, NewContact } from './contacts/body-schema.ts'
import {
  SimpleContact,
  LabelledValueSchema,
  ListedContact,
  MessengerHandle,
  PostalAddress,
  ContactAnswer,
} from './contacts/schema.ts'
import { Revision } from './history/schema.ts'
import { Message, Problem } from './http/schemas.ts'
import { Import, ImportEntry } from './imports/schema.ts'
import { Label, LabelMembers, LabelMembersChanged, LabelPatch, NewLabel } from './labels/schema.ts'
import { TrashedContact } from './trash/schema.ts'

/** The schemas that operations refer to by name, as `components` of the OpenAPI document. */
export const namedSchemas = [
  Problem,
  User,
  UserPatch,
  AccountDeletion,
  SignUp,
  SignedUp,
  Login,
  LoginForm,
  TokenPair,
  EmailRequest,
  PasswordReset,
  PasswordChange,
  Message,
  Session,
  LabelledValueSchema,
  PostalAddress,
  MessengerHandle,
  SimpleContact,
  ContactAnswer,
  ListedContact,
  NewContact,
  ContactReplacement,
  ContactPatch,
  UpcomingBirthday,
  TrashedContact,
  Revision,
  Label,
  NewLabel,
  LabelPatch,
  LabelMembers,
  LabelMembersChanged,
  Import,
  ImportEntry,
]
