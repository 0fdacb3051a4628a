"""Runs a command in a pseudo-terminal, and types at it.

Reads JSON from standard input: {"argv": [...], "env": {...}, "steps": [["text to wait for", "text to type"], ...]}.
Prints JSON: what the terminal showed, the exit status, and whether the terminal shows what is typed afterwards.
"""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

task = json.load(sys.stdin)
steps = list(task["steps"])
child, terminal = pty.fork()
if child == 0:
    os.execvpe(task["argv"][0], task["argv"], task["env"])

fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
shown = b""
searched = 0
echo = None
deadline = time.monotonic() + task.get("seconds", 60)
while True:
    if time.monotonic() > deadline:
        os.kill(child, 9)
        print(json.dumps({"error": "nothing happened any more", "shown": shown.decode("utf8", "replace")}))
        sys.exit(0)
    ready, _, _ = select.select([terminal], [], [], 1)
    if ready:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # EIO: the command has ended.
            break
        if not data:
            break
        shown += data
    if steps and steps[0][0].encode() in shown[searched:]:
        searched = len(shown)
        os.write(terminal, steps.pop(0)[1].encode())
    try:
        echo = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
    except termios.error:
        pass

status = os.waitpid(child, 0)[1]
print(
    json.dumps(
        {
            "shown": shown.decode("utf8", "replace"),
            "status": os.waitstatus_to_exitcode(status),
            "echo": echo,
            "left": steps,
        }
    )
)
