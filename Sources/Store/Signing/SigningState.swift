/// What the questions of one session have found out about signatures.
final class SigningState {
  /// That this machine signs with.
  var ownKey: WriterKey?
  /// Those that this machine knows; nil before they were asked for.
  var believedWriters: Set<KnownWriter>?
  /// Those that the person has said no to.
  var refusedWriters: Set<KnownWriter> = []
  /// Of a change that is under way, by `SealBinding.headKey`.
  var notedHeads: [[UInt8]: RememberedHead] = [:]
  var openHeads = OpenHeads.unopened
}
