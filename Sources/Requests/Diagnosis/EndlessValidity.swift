/// How providers say that something has no end, where its end would stand.
enum EndlessValidity {
  private static let words: Set<String> = [
    "", "0", "-1", "never", "none", "null", "no", "false", "unlimited", "infinite", "permanent",
    "lifetime", "forever", "n/a", "-", "0000-00-00", "0000-00-00 00:00:00", "does not expire",
    "never expires", "no expiry", "no expiration", "not set", "inf", "infinity", "nan",
  ]

  static func isSaid(by text: String) -> Bool {
    // 0, however it is written, is a moment or a period that nobody means.
    words.contains(text.lowercased()) || Double(text) == 0 || Period.seconds(text) == 0
  }
}
