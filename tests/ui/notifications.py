# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop that shows notifications: prints each as a line of JSON, and presses those whose
numbers it reads. With --unwatched, nobody reads or presses."""
import json
import sys

from gi.repository import Gio, GLib

INTERFACE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
DESCRIPTION = f"""
<node><interface name="{INTERFACE}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>
"""


class Desktop:
    def __init__(self):
        self.loop = GLib.MainLoop()
        self.n_shown = 0
        self.connection = None

    def on_bus_acquired(self, connection, _name):
        self.connection = connection
        interface = Gio.DBusNodeInfo.new_for_xml(DESCRIPTION).interfaces[0]
        connection.register_object(PATH, interface, self.on_call, None, None)

    def on_call(self, _connection, _sender, _path, _interface, method, parameters, invocation):
        answer = None
        if method == "Notify":
            _, replaced, _, title, body, actions, _, _ = parameters.unpack()
            self.n_shown += 1
            number = replaced or self.n_shown
            print(json.dumps({"number": number, "title": title, "body": body,
                              "actions": actions}), flush=True)
            answer = GLib.Variant("(u)", (number,))
        elif method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        invocation.return_value(answer)

    def on_command(self, source, _condition):
        line = source.readline()
        if not line:
            self.loop.quit()
            return GLib.SOURCE_REMOVE
        self.connection.emit_signal(None, PATH, INTERFACE, "ActionInvoked",
                                    GLib.Variant("(us)", (int(line), "default")))
        return GLib.SOURCE_CONTINUE

    def on_name_acquired(self, *_):
        print(json.dumps("ready"), flush=True)

    def run(self):
        Gio.bus_own_name(Gio.BusType.SESSION, INTERFACE, Gio.BusNameOwnerFlags.NONE,
                         self.on_bus_acquired, self.on_name_acquired, None)
        if "--unwatched" not in sys.argv:
            GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP,
                              self.on_command)
        self.loop.run()


if __name__ == "__main__":
    Desktop().run()
