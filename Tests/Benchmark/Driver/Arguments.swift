import TestSupport

/// The command line.
struct Arguments {
  static let usage = """
    usage: UsherBenchmark [--stores DIR] USHER [OTHER-USHER…] [PART…]

      USHER          the program to measure; with several of them each round runs each of them once
      --stores DIR   keep the stores that are made for the measurements, for the next time
      PART           \(Part.allCases.map(\.rawValue).joined(separator: " ")); all of them unless told
    """

  var programs: [String] = []
  var parts: [Part] = []
  var stores: String?

  init(_ words: [String]) throws(Unmeasured) {
    var words = words[...]
    while let word = words.popFirst() {
      if word == "--stores" {
        guard let directory = words.popFirst() else {
          throw Unmeasured(reason: "--stores wants a directory")
        }
        stores = directory
      } else if let part = Part(rawValue: word) {
        parts.append(part)
      } else if word.contains("/") {
        programs.append(word)
      } else {
        throw Unmeasured(reason: "\(word) is no part, and a program is named with its folder")
      }
    }
    if programs.isEmpty { throw Unmeasured(reason: "there is no program to measure") }
    if parts.isEmpty { parts = Part.allCases }
  }
}
