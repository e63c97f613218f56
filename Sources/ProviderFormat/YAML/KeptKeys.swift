/// Which part of a file somebody wants. The rest is seen to be right all the same, but no values are made of it.
package enum KeptKeys: Sendable {
  case all
  /// That there is a value, which is given as null.
  case nothing
  /// All keys of a map, and of each value as much.
  indirect case each(KeptKeys)
  /// Some keys of a map; the others are left out.
  case named([String: KeptKeys])
}
