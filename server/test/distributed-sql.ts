type Rule = {
  refuses: string
  isBroken: (text: string) => boolean
  /** A statement that breaks the rule. */
  example: string
}

/** What Citus refuses in a statement on distributed tables, or does in another way than on one server. */
export const rules: Rule[] = [
  {
    refuses: 'volatile functions',
    example: 'update labels set created_at = clock_timestamp() where owner_id = $1',
    isBroken: (text) => /\b(?:clock_timestamp|random|gen_random_uuid|timeofday)\(/.test(text),
  },
  {
    refuses: 'the time in CASE or COALESCE of a change',
    example: 'update imports set started_at = coalesce(started_at, now()) where owner_id = $1',
    isBroken: (text) =>
      assignmentsIn(text).some((set) =>
        /\b(?:coalesce\([^)]*|case\b(?:(?!\bend\b).)*)\b(?:now|statement_timestamp)\(/s.test(set),
      ),
  },
  {
    refuses: 'casts of columns in a change',
    example: 'update contacts set label_ids = next.label_ids::uuid[] from next',
    // A uuid or a number becomes a text in one way alone.
    isBroken: (text) =>
      assignmentsIn(text).some((set) => /\b[a-z_]+\.[a-z_]+::(?!text\b)/.test(set)),
  },
  {
    refuses: 'more than columns and constants where a row is there already',
    example:
      'insert into owners values ($1) on conflict (id) do update set modseq = greatest($2, 1)',
    isBroken: (text) => / do update\s+set .*\(.*/s.test(conflictIn(text)),
  },
  {
    refuses: 'functions in what a change returns',
    example: 'update owners set epoch = $2 where id = $1 returning epoch, now() as at',
    isBroken: (text) => /\breturning\b.*(?:\b(?!cardinality\b)\w+\(|\b[a-z_]+::)/s.test(text),
  },
  {
    refuses: 'functions of columns that depend on settings, in the condition of a change',
    example: `delete from merges where owner_id = $1 and created_at + interval '30 days' < now()`,
    isBroken: (text) => /^\s*(?:update|delete)\b.*\w_at [+-] interval/s.test(text),
  },
  {
    refuses: 'a sub-select in the values of a row',
    example: 'insert into contacts values ($1, (select max(modseq) from owners))',
    isBroken: (text) => /\bvalues \([^;]*\(\s*select\b/.test(text),
  },
  {
    refuses: 'an owner that is no plain value',
    example: 'select id from contacts where owner_id = (select $1::uuid)',
    isBroken: (text) => /\bowner_id = \(/.test(text),
  },
  {
    refuses: 'arrays without a type',
    example: 'select id from unnest($1) as wanted (id)',
    isBroken: (text) => /\bunnest\(\$\d+(?!::)/.test(text),
  },
  {
    refuses: 'changes in WITH, which are to be steps of a write',
    example: 'with gone as (delete from labels where owner_id = $1) select from gone',
    isBroken: (text) => /\bas (?:materialized )?\(\s*(?:insert|update|delete)\b/.test(text),
  },
]

/** What a statement assigns to the columns of rows that are there. */
function assignmentsIn(text: string): string[] {
  const sets = text.matchAll(/\bupdate\s+\w+\s+set\s(.*?)(?=\swhere\s|\sfrom\s|\sreturning\s|$)/gs)
  return [...sets].map(([, set = '']) => set)
}

/** What a statement does with rows that are there, up to what it returns. */
function conflictIn(text: string): string {
  return /\son conflict \([^)]*\)(.*?)(?=\sreturning\s|$)/s.exec(text)?.[1] ?? ''
}
