"""Feeds texts to a terminal of pyte's, one after the other, and says what came of each.

Standard input: a line for each text, as JSON: the text, and how many columns it is said to take. Standard output: a line for each
that did more than write its characters, `NUMBER: what`, and at the end how many there were.
"""

import json
import sys

import pyte

COLUMNS = 4000
# Two letters of these are one flag of two columns; pyte measures each alone, and takes two for it.
FLAGS = {chr(letter) for letter in range(0x1F1E6, 0x1F200)}


class Watched(pyte.Screen):
    """A screen that remembers whatever is asked of it beside drawing."""

    def __init__(self):
        self.events = []
        super().__init__(COLUMNS, 3)

    def write_process_input(self, data):
        self.events.append("it answers")


def watch(name):
    original = getattr(pyte.Screen, name)

    def called(self, *arguments, **others):
        self.events.append(name)
        return original(self, *arguments, **others)

    setattr(Watched, name, called)


# Everything that a stream may call for a control character or a sequence.
for event in pyte.Stream.events:
    if event != "draw" and hasattr(pyte.Screen, event):
        watch(event)


def main():
    count = 0
    for line in sys.stdin:
        text, columns = json.loads(line)
        screen = Watched()
        stream = pyte.Stream(screen)
        # What is done to make the screen is not the text's.
        screen.events.clear()
        stream.feed(text)
        faults = sorted(set(screen.events))
        if screen.cursor.y != 0:
            faults.append("another row")
        taken = screen.cursor.x - sum(character in FLAGS for character in text)
        if taken > columns:
            faults.append(f"{taken} columns in place of {columns}")
        if faults:
            print(f"{count}: {', '.join(faults)}")
        count += 1
    print(count)


main()
