import Store
import Testing

/// Every kind of store, as the contract makes one for a test.
extension StoreKind: CustomTestStringConvertible {
  package var testDescription: String { rawValue }

  /// A session of a store that no other test uses.
  func session(in home: borrowing TestHome) -> StoreSession {
    switch self {
    case .sqlite: home.store().handle.session()
    }
  }
}
