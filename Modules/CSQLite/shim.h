// SQLite, and what of it Swift cannot import. Each line says why.
#pragma once
#include <sqlite3.h>

// A cast in a macro: SQLite makes its own copy of a bound value.
static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }

// Variadic.
static inline int csqlite_configure(sqlite3 *database, int option, int value) {
  return sqlite3_db_config(database, option, value, (int *)0);
}

// The bytes of the file itself, past SQLite's pages, through the file that SQLite has open: closing a second descriptor
// would drop its locks. A pointer to a pointer behind void *.
static inline int csqlite_read(sqlite3 *database, void *room, int count, sqlite3_int64 offset) {
  sqlite3_file *file = 0;
  int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK) return code;
  if (!file || !file->pMethods) return SQLITE_CANTOPEN;
  return file->pMethods->xRead(file, room, count, offset);
}
