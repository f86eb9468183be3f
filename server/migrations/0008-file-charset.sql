-- How the file of an import was read, and what its first reading found.

alter table imports
  -- As stated, or guessed; null until then, and for UTF-8 and UTF-16.
  add column charset text,
  add column is_charset_stated boolean not null default false,
  -- The headers of columns that mean nothing to us, as JSON.
  add column unknown_columns text,
  add column warning text;
