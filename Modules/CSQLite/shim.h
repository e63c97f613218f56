// SQLite, and what of it Swift cannot import. Each line says why.
#pragma once
#include <sqlite3.h>

// A cast in a macro: SQLite makes its own copy of a bound value.
static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }

// Variadic.
static inline int csqlite_configure(sqlite3 *database, int option, int value) {
  return sqlite3_db_config(database, option, value, (int *)0);
}
