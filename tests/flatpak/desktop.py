# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's portals, as a program in flatpak meets them: each call is a line of JSON.

Answers as a desktop would whose user agrees to everything. The program's master secret is the same
each time, as one is that lies in a keyring.
"""
import json
import os
import sys

from gi.repository import Gio, GLib

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
REQUEST = "org.freedesktop.portal.Request"
SECRET = bytes(range(64))
DESCRIPTION = """
<node>
  <interface name="org.freedesktop.portal.Secret">
    <method name="RetrieveSecret">
      <arg type="h" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Notification">
    <method name="AddNotification">
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
    </method>
    <method name="RemoveNotification"><arg type="s" direction="in"/></method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Background">
    <method name="RequestBackground">
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Print">
    <method name="PreparePrint">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.OpenURI">
    <method name="OpenURI">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Inhibit">
    <method name="Inhibit">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.ProxyResolver">
    <method name="Lookup">
      <arg type="s" direction="in"/><arg type="as" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.NetworkMonitor">
    <method name="GetAvailable"><arg type="b" direction="out"/></method>
    <method name="GetMetered"><arg type="b" direction="out"/></method>
    <method name="GetConnectivity"><arg type="u" direction="out"/></method>
    <method name="GetStatus"><arg type="a{sv}" direction="out"/></method>
    <signal name="changed"/>
    <property name="version" type="u" access="read"/>
  </interface>
</node>
"""
FULL_CONNECTIVITY = 4
AT_ONCE = {
    "Lookup": GLib.Variant("(as)", (["direct://"],)),
    "GetAvailable": GLib.Variant("(b)", (True,)),
    "GetMetered": GLib.Variant("(b)", (False,)),
    "GetConnectivity": GLib.Variant("(u)", (FULL_CONNECTIVITY,)),
    "GetStatus": GLib.Variant("(a{sv})", ({"available": GLib.Variant("b", True),
                                           "metered": GLib.Variant("b", False),
                                           "connectivity": GLib.Variant("u", FULL_CONNECTIVITY)},)),
    "AddNotification": None,
    "RemoveNotification": None,
}
# libsecret knows the first version of its portal and no other.
VERSIONS = {"org.freedesktop.portal.NetworkMonitor": 3}
AGREED, REFUSED = 0, 1
RESPONSE_MS = 200


def respond(connection, caller, request, answer, results):
    connection.emit_signal(caller, request, REQUEST, "Response",
                           GLib.Variant("(ua{sv})", (answer, results)))
    return GLib.SOURCE_REMOVE


def on_call(connection, caller, _path, interface, method, parameters, invocation):
    given = parameters.unpack()
    print(json.dumps([interface.rpartition(".")[2], method, given]), flush=True)
    if method in AT_ONCE:
        invocation.return_value(AT_ONCE[method])
        return
    token = given[-1].get("handle_token", "request")
    request = f"{PATH}/request/{caller[1:].replace('.', '_')}/{token}"
    if method == "RetrieveSecret":
        handles = invocation.get_message().get_unix_fd_list()
        handle = handles.get(given[0])
        os.write(handle, SECRET)
        os.close(handle)
    # Nothing is printed here: what counts is that it was asked for.
    answer = REFUSED if method == "PreparePrint" else AGREED
    results = {}
    if method == "RequestBackground":
        results = {"background": GLib.Variant("b", True),
                   "autostart": GLib.Variant("b", given[-1].get("autostart", False))}
    invocation.return_value(GLib.Variant("(o)", (request,)))
    # As long as a desktop takes to ask its keyring: libsecret listens only once it has the answer.
    GLib.timeout_add(RESPONSE_MS, respond, connection, caller, request, answer, results)


def on_get(_connection, _caller, _path, interface, _property):
    return GLib.Variant("u", VERSIONS.get(interface, 1))


def on_bus_acquired(connection, _name):
    for interface in Gio.DBusNodeInfo.new_for_xml(DESCRIPTION).interfaces:
        connection.register_object(PATH, interface, on_call, on_get, None)


def main():
    loop = GLib.MainLoop()
    Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, on_bus_acquired,
                     lambda *_: print("ready", flush=True), lambda *_: sys.exit("the name is taken"))
    loop.run()


if __name__ == "__main__":
    main()
