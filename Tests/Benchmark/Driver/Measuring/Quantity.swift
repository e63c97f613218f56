/// What a sample says. Times are in milliseconds.
enum Quantity: Hashable {
  /// From the beginning to the end, whatever else the machine did meanwhile.
  case wall
  /// On a processor, of all processes.
  case processor
  /// Page faults that needed no disk.
  case faults
  /// From a key to the last byte of what it changed.
  case echo
  /// Bytes written to the terminal.
  case bytes
}

/// What one measurement came to.
typealias Sample = [Quantity: Double]

/// The values of one quantity.
struct Series {
  let values: [Double]

  /// Nil without values.
  init?(_ values: [Double]) {
    if values.isEmpty { return nil }
    self.values = values.sorted()
  }

  var median: Double { values[values.count / 2] }
  var least: Double { values[0] }
}
