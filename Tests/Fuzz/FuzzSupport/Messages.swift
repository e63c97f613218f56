package import Basics
package import Requests
package import Secrets

extension SecretBuffer {
  /// What `read` makes of the whole text; nil where it is not that, or not JSON.
  package borrowing func message<Message: ~Copyable>(
    _ read: (RawSpan, inout JSONReader) throws(JSONError) -> Message?
  ) -> Message? {
    withBytes { text -> Message? in
      var reader = JSONReader()
      do throws(JSONError) {
        guard let message = try read(text, &reader) else { return nil }
        try reader.end(text)
        return message
      } catch {
        return nil
      }
    }
  }
}

extension Diagnosis {
  /// The diagnosis after it was written and read again; nil where that cannot be.
  package var writtenAndRead: Diagnosis? {
    var json = SecretJSONWriter()
    write(to: &json)
    return json.finish()?.message(Diagnosis.read)
  }
}
