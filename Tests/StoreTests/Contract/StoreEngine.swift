import Credentials
import Testing

@testable import Store

/// Every engine that the contract is tested with. A new one is a case here.
enum StoreEngine: String, CaseIterable, CustomTestStringConvertible {
  case sqlite

  var testDescription: String { rawValue }

  func make(in home: borrowing TestHome) -> any ConnectionStore & DraftStore {
    switch self {
    case .sqlite: home.store()
    }
  }
}
