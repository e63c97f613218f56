/// What becomes of something out of a backup.
package enum Restoration: Hashable, Sendable {
  /// Its name was free.
  case added
  /// It takes the place of another of its name.
  case replaced
  /// The same is here.
  case alreadyHere
  /// Another of its name is here, and stays.
  case leftOut
}
