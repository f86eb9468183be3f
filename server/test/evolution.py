"""Evolution's address book without a desktop: reads commands as lines of JSON, and answers each by one."""

import json
import sys
import time

import gi

for name in ("EDataServer", "EBook", "EBookContacts"):
    gi.require_version(name, "1.2")
from gi.repository import EBook, EBookContacts, EDataServer, GLib

WAIT_SECONDS = 3
ONLINE_WITHIN_SECONDS = 60


def connect(url, user, password):
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = EDataServer.Source.new(None, None)
    source.set_parent("webdav-stub")
    source.get_extension("Address Book").set_backend_name("carddav")
    uri = GLib.Uri.parse(url, GLib.UriFlags.NONE)
    login = source.get_extension("Authentication")
    login.set_host(uri.get_host())
    login.set_port(uri.get_port())
    login.set_user(user)
    login.set_method("plain/password")
    # There is no keyring to ask.
    login.set_remember_password(False)
    source.get_extension("Security").set_method("none")
    source.get_extension("WebDAV Backend").set_uri(uri)
    source.get_extension("Offline").set_stay_synchronized(True)
    registry.commit_source_sync(source, None)
    source = registry.ref_source(source.get_uid())
    credentials = EDataServer.NamedParameters.new()
    credentials.set("username", user)
    credentials.set("password", password)
    client = EBook.BookClient.connect_sync(source, WAIT_SECONDS, None)
    source.invoke_authenticate_sync(credentials, None)
    deadline = time.monotonic() + ONLINE_WITHIN_SECONDS
    while not client.is_online() and time.monotonic() < deadline:
        GLib.MainContext.default().iteration(False)
        time.sleep(0.02)
    return client


def contact_of(client, uid):
    return client.get_contact_sync(uid, None)[1]


def run(client, command):
    what = command["do"]
    if what == "refresh":
        client.refresh_sync(None)
    if what == "add":
        contact = EBookContacts.Contact.new_from_vcard(command["card"])
        client.add_contact_sync(contact, 0, None)
    if what == "annotate":
        contact = contact_of(client, command["uid"])
        contact.set_property("note", command["note"])
        client.modify_contact_sync(contact, 0, None)
    if what == "remove":
        client.remove_contact_by_uid_sync(command["uid"], 0, None)
    contacts = client.get_contacts_sync("#t", None)[1]
    return [
        {"uid": one.get_property("id"), "name": one.get_property("full-name"),
         "email": one.get_property("email-1"), "note": one.get_property("note")}
        for one in contacts
    ]


book = connect(*sys.argv[1:4])
for line in sys.stdin:
    print(json.dumps(run(book, json.loads(line))), flush=True)
