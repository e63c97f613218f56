internal import Connections
internal import ProviderFormat
internal import Secrets

/// One stored value in a line: in clear when it is not a secret, as a number of characters when it is.
enum FieldReport {
  static func line(
    for id: Field.ID, in record: borrowing ConnectionRecord, isMasked: Bool
  ) -> String {
    record.values.withBytes(of: id) { bytes in
      if isMasked { return "secret, \(bytes.byteCount) bytes" }
      return unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }
}
