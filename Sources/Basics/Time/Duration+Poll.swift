extension Duration {
  /// As `poll(2)` takes it: rounded up, so that the time has come when it returns; 0 for what is over.
  package var pollMilliseconds: Int32 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
  }
}
