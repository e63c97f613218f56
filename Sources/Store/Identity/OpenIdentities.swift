/// The private keys of one session, shared by its questions and wiped with the last of them.
final class OpenIdentities {
  let keys: AgeIdentities

  init(_ keys: consuming AgeIdentities) { self.keys = keys }
}
