internal import Basics
package import Secrets

extension RedirectMatcher {
  /// Whether a path is that of the redirect address, letter by letter.
  package borrowing func isPath(_ path: RawSpan) -> Bool {
    path.equals((callback.path.isEmpty ? "/" : callback.path).utf8)
  }

  /// Whether a request that came to this machine brings the answer: to the redirect address, letter by letter, and with
  /// the state that was sent. Of what is wrong nothing is told, and how long it takes says nothing of the state.
  /// - Parameters:
  ///   - path: as it was asked for, without parameters.
  ///   - parameters: as form data.
  package borrowing func matches(path: RawSpan, parameters: RawSpan) -> Bool {
    guard isPath(path) else { return false }
    let parameters = RedirectParameters(parameters)
    if RedirectReading.isAmbiguous(parameters) { return false }
    return RedirectReading.isState(state, in: parameters) == true
  }

  /// The address that a browser would show after such a request; nil where it is longer than any that is read.
  package borrowing func address(path: RawSpan, parameters: RawSpan) -> SecretBuffer? {
    let origin = "\(callback.origin.scheme.rawValue)://\(callback.origin.description)"
    let count = origin.utf8.count + path.byteCount + 1 + parameters.byteCount
    guard count <= CallbackReader.limit else { return nil }
    var address = SecretBuffer(capacity: count)
    address.append(text: origin)
    address.append(path)
    address.append(UInt8(ascii: "?"))
    address.append(parameters)
    return address
  }
}
