import Basics
import LoopbackSupport
import TestSupport

/// The keys and certificates that stand in files of flows as `KEY(rsa.private)`: made for one run of the tests, so that
/// no file holds one.
enum FlowKeys {
  /// A value with what the names stand for.
  static func filled(_ value: Value) throws(FlowProblem) -> Value {
    switch value {
    case .null, .bool, .int, .double: return value
    case .string(let text): return .string(try filled(text))
    case .list(let list):
      var filledList: [Value] = []
      for element in list { filledList.append(try filled(element)) }
      return .list(filledList)
    case .map(let map):
      var filledMap = map
      for index in map.members.indices {
        filledMap.members[index].value = try filled(map.members[index].value)
      }
      return .map(filledMap)
    }
  }

  private static func filled(_ text: String) throws(FlowProblem) -> String {
    var text = text
    while let match = text.firstMatch(of: /KEY\(([^)]*)\)/) {
      let words = match.output.1.split(separator: " ", maxSplits: 1)
      guard let name = words.first, var key = key(String(name)) else {
        throw FlowProblem(description: "no key is called \"\(match.output.1)\"")
      }
      switch words.dropFirst().first {
      case nil: break
      case "as one line": key = key.replacing("\n", with: #"\n"#)
      case let word?: throw FlowProblem(description: "a key cannot be had \"\(word)\"")
      }
      text.replaceSubrange(match.range, with: key)
    }
    return text
  }

  private static func key(_ name: String) -> String? {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 2 else { return nil }
    if let kind = LoopbackCertificates.Kind(rawValue: parts[0]) {
      return certificate(kind, parts[1])
    }
    let keys = ProviderKeys.shared
    let pairs = [
      "rsa": keys.rsa, "other_rsa": keys.otherRSA, "ec": keys.ec, "other_ec": keys.otherEC,
    ]
    guard let pair = pairs[parts[0]] else { return nil }
    switch parts[1] {
    case "private": return pair.private
    case "public": return pair.public
    case "fingerprint": return pair.fingerprint
    case "jwk": return pair.jwk
    default: return nil
    }
  }

  private static func certificate(
    _ kind: LoopbackCertificates.Kind, _ part: String
  ) -> String? {
    let path = LoopbackCertificates.withShared { certificates in
      switch part {
      case "certificate": certificates.certificate(kind)
      case "key": certificates.key(kind)
      default: ""
      }
    }
    return TextFile.read(path).map { String(decoding: $0, as: UTF8.self) }
  }
}
