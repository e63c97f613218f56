// The wide-character API of ncursesw, and what of it Swift cannot import by itself. Each part says why.
#pragma once
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>

// Global variables: shared mutable state to Swift. Only the thread that owns the session calls these.
static inline WINDOW *curses_window(void) { return stdscr; }
static inline WINDOW *curses_screen(void) { return curscr; }
static inline int curses_color_count(void) { return COLORS; }

// Attributes are casts.
static const attr_t curses_normal = A_NORMAL;
static const attr_t curses_bold = A_BOLD;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_italic = A_ITALIC;
static const attr_t curses_underline = A_UNDERLINE;
static const attr_t curses_reverse = A_REVERSE;

// An array in a struct; a mark of 0 ends the text, as setcchar wants it.
static inline cchar_t curses_cell(wchar_t base, wchar_t first, wchar_t second, attr_t attributes, short pair) {
  wchar_t text[] = {base, first, second, 0};
  cchar_t cell = {0};
  setcchar(&cell, text, attributes, pair, NULL);
  return cell;
}

// (char *)-1 means that the capability is not a string.
static inline const char *curses_capability(const char *name) {
  const char *text = tigetstr(name);
  return text == (char *)-1 ? NULL : text;
}

// Declared only under _XOPEN_SOURCE.
extern int wcwidth(wchar_t);
