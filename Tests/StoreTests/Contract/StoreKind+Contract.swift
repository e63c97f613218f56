import LoopbackSupport
import Store
import Testing

/// Every kind of store, as the contract makes one for a test.
extension StoreKind: CustomTestStringConvertible {
  package var testDescription: String { rawValue }

  /// Those that this machine can keep a store in.
  static var available: [StoreKind] {
    allCases.filter { kind in
      switch kind {
      case .sqlite: true
      case .etcd: EtcdCluster.isAvailable
      }
    }
  }

  /// A session of a store that no other test uses.
  func session(in home: borrowing TestHome) -> StoreSession {
    store(in: home).handle.session()
  }

  /// The same store, as it is to be opened.
  func store(
    _ choice: StoreChoice = StoreChoice(), in home: borrowing TestHome
  ) -> TestStore {
    switch self {
    case .sqlite: home.store(choice)
    case .etcd: home.teamStore(choice)
    }
  }
}
