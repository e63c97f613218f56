// What ncurses itself costs: a form of one masked field and the page behind it, in as little C as an honest program
// needs. The benchmark compiles it (cc -O2 floor.c -lncursesw -ltinfo) and sets its figures beside Usher's.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <string.h>

#define CAPACITY 65536
#define FIELD_ROW 13
#define FIELD_COLUMN 4
#define WIDTH 60

static char value[CAPACITY];
static size_t length;

static size_t shown(void) { return length < WIDTH ? length : WIDTH; }

static void put_caret(void) { move(FIELD_ROW, FIELD_COLUMN + (int)shown()); }

static void heading(const char *title) {
  erase();
  mvaddstr(1, 2, title);
  mvhline(2, 2, '-', 76);
}

static void paint_form(void) {
  heading("Floor: the key");
  mvaddstr(4, 2, "1. Sign in, and open the page where keys are made.");
  mvaddstr(5, 2, "2. Make a new key and give it a name by which you will know it again.");
  mvaddstr(6, 2, "3. Copy the key. It is shown once.");
  mvaddstr(8, 2, "What is typed here is kept until the next page, and nowhere else.");
  mvaddstr(10, 2, "Password");
  mvaddstr(11, 2, "The key.");
  mvaddstr(21, 2, "Enter next page   Ctrl-D leave");
  for (size_t i = 0; i < shown(); i++) mvaddch(FIELD_ROW, FIELD_COLUMN + (int)i, '*');
  put_caret();
  refresh();
}

static void paint_next(void) {
  heading("Floor: review");
  mvprintw(4, 2, "%zu characters were typed.", length);
  mvaddstr(6, 2, "They have gone nowhere. Whatever is pressed now ends this program.");
  mvaddstr(21, 2, "Any key leave");
  refresh();
}

static void erase_last(void) {
  if (length == 0) return;
  value[--length] = 0;
  if (length < WIDTH) {
    put_caret();
    delch();
  }
  refresh();
}

static void append(int key) {
  if (length + 1 >= CAPACITY) return;
  value[length++] = (char)key;
  if (length <= WIDTH) addch('*');
  refresh();
}

int main(void) {
  setlocale(LC_ALL, "");
  initscr();
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  set_escdelay(25);
  paint_form();
  for (int key; (key = getch()) != ERR && key != 4;) {
    if (key == '\r') break;
    if (key == KEY_RESIZE) paint_form();
    else if (key == KEY_BACKSPACE || key == 127) erase_last();
    else if (key >= ' ' && key < 127) append(key);
  }
  paint_next();
  getch();
  memset(value, 0, sizeof value);
  endwin();
  return 0;
}
