/// What the store is written through. Tests put other disks in its place.
struct StorageBackend: Sendable {
  /// The name of a SQLite VFS; nil is the system's.
  var engine: String?
  /// The kind of file system; nil asks the system.
  var fileSystem: FileSystem?
}
