-- The language of a property that a client has written (RFC 4918, 4.3), from xml:lang.

alter table dav_properties add column lang text;
