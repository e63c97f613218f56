internal import Basics

/// Whether the clock can be right: certificates and expiry dates depend on it.
enum ClockExamination {
  /// This version was made after this moment; a clock before it is wrong.
  private static let release = Timestamp(secondsSinceEpoch: 1_795_219_200)

  static func examine(now: Timestamp, lastChange: Timestamp?) -> [Examination] {
    if now < release {
      return [
        Examination(
          "clock", .bad, "the clock says \(now.description), which is before this program was made",
          advice: "set it (timedatectl); certificates cannot be verified with a wrong clock")
      ]
    }
    if let lastChange, now < lastChange {
      return [
        Examination(
          "clock", .warning,
          "the clock says \(now.description), which is before the store's last change (\(lastChange.description))",
          advice: "check it (timedatectl)")
      ]
    }
    return [Examination("clock", .good, now.description)]
  }
}
