import {
  EmailRequest,
  Login,
  LoginForm,
  Message,
  PasswordChange,
  PasswordReset,
  Session,
  SignedUp,
  SignUp,
  TokenPair,
} from '../auth/schema.ts'
import { Contact, ContactPatch, NewContact, UpcomingBirthday } from '../contacts/schema.ts'
import { AccountDeletion, User, UserPatch } from '../users/schema.ts'
import { Problem } from './schemas.ts'

/** The schemas that routes refer to by name, as `components` of the OpenAPI document. */
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
  Contact,
  NewContact,
  ContactPatch,
  UpcomingBirthday,
]
