import {
  ApiToken,
  AppPassword,
  CreatedApiToken,
  CreatedAppPassword,
  NewApiToken,
  NewAppPassword,
} from './accounts/access-keys/schema.ts'
import { BrowserLoginRequest, BrowserSession } from './accounts/browser/schema.ts'
import {
  EmailChangeRequest,
  EmailRequest,
  LoginRequest,
  PasswordChangeRequest,
  PasswordResetRequest,
  Session,
  SignedUp,
  SignUpRequest,
  TokenPair,
} from './accounts/schema.ts'
import { AccountDeletionRequest, User, UserPatch } from './accounts/user-schema.ts'
import { Batch, BatchAnswer, BatchResult, operationSchemas } from './batch/schema.ts'
import { UpcomingBirthday } from './birthdays/schema.ts'
import { Calendar, CalendarPatch, NewCalendar } from './calendar/schema.ts'
import { ChangesAnswer } from './changes/schema.ts'
import { ContactPatch, ContactReplacement, NewContact } from './contacts/body-schema.ts'
import { itemSchemas } from './contacts/item-schema.ts'
import {
  FoundContact,
  FoundWholeContact,
  OtherProperty,
  SimpleContact,
  LabelledValueSchema,
  MessengerHandle,
  PostalAddress,
  ContactAnswer,
} from './contacts/schema.ts'
import { DuplicateGroup, Duplicates } from './duplicates/schema.ts'
import { ExportedContact } from './exports/schema.ts'
import { Revision } from './history/schema.ts'
import { Problem } from './http/problem-responses.ts'
import { Message } from './http/schemas.ts'
import { Import, ImportEntry, ImportRemark } from './imports/schema.ts'
import { Label, LabelMembers, LabelMembersChanged, LabelPatch, NewLabel } from './labels/schema.ts'
import { Merge, MergeAnswer, MergeRequest, MergeUndone } from './merges/schema.ts'
import { Preferences, PreferencesPatch } from './preferences/schema.ts'
import { TrashedContact } from './trash/schema.ts'

/** The schemas that operations refer to by name, as `components` of the OpenAPI document. */
export const namedSchemas = [
  Problem,
  User,
  UserPatch,
  AccountDeletionRequest,
  SignUpRequest,
  SignedUp,
  LoginRequest,
  TokenPair,
  EmailRequest,
  PasswordResetRequest,
  PasswordChangeRequest,
  EmailChangeRequest,
  Message,
  Session,
  BrowserLoginRequest,
  BrowserSession,
  NewApiToken,
  ApiToken,
  CreatedApiToken,
  NewAppPassword,
  AppPassword,
  CreatedAppPassword,
  Preferences,
  PreferencesPatch,
  LabelledValueSchema,
  PostalAddress,
  MessengerHandle,
  SimpleContact,
  ContactAnswer,
  FoundContact,
  FoundWholeContact,
  OtherProperty,
  ...itemSchemas,
  NewContact,
  ContactReplacement,
  ContactPatch,
  ExportedContact,
  DuplicateGroup,
  Duplicates,
  UpcomingBirthday,
  Calendar,
  NewCalendar,
  CalendarPatch,
  TrashedContact,
  MergeRequest,
  MergeAnswer,
  Merge,
  MergeUndone,
  Revision,
  Label,
  NewLabel,
  LabelPatch,
  LabelMembers,
  LabelMembersChanged,
  ImportRemark,
  Import,
  ImportEntry,
  ChangesAnswer,
  Batch,
  ...Object.values(operationSchemas),
  BatchResult,
  BatchAnswer,
]
