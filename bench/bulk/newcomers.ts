import { runSql } from '../../server/test/postgres.ts'
import { emailOf } from '../accounts.ts'
import { sessionId, userId } from '../ids.ts'

/**
 * Adds an account that is logged in and has no contacts yet: as the first one, but for its name.
 * @param user behind all that were seeded
 */
export async function addUser(databaseUrl: string, user: number): Promise<void> {
  const [id, first] = [userId(user), userId(1)]
  await runSql(
    databaseUrl,
    `insert into users (id, username, email, password_hash, confirmed_at)
       select '${id}', username, '${emailOf(user)}', password_hash, confirmed_at
       from users where id = '${first}';
     insert into user_emails (email_key, user_id) values ('${emailOf(user).toLowerCase()}', '${id}');
     insert into sessions (user_id, id, confirmed_gen, user_agent, ip, expires_at)
       select '${id}', '${sessionId(user)}', confirmed_gen, user_agent, ip, expires_at
       from sessions where user_id = '${first}';
     insert into owners (id) values ('${id}')`,
  )
}

/** Removes an account with its book, so that the next one finds the same database. */
export async function removeUser(databaseUrl: string, user: number): Promise<void> {
  const id = userId(user)
  await runSql(
    databaseUrl,
    `delete from user_emails where user_id = '${id}'; delete from users where id = '${id}'`,
  )
}

/** So that what was left to do by one measurement does not fall into the next. */
export async function settle(databaseUrl: string): Promise<void> {
  await runSql(databaseUrl, 'vacuum (analyze)')
  await runSql(databaseUrl, 'checkpoint')
}
