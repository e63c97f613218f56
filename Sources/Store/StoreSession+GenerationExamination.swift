internal import Connections

extension StoreSession {
  /// Whether what is kept from before can be brought back, where there is an identity. What is linked does not depend on
  /// it.
  func examineFormer(
    of names: [ConnectionName], in store: any OpenedStore
  ) -> [StoreFinding] {
    guard identitiesAtHand() != nil else { return [] }
    var findings: [StoreFinding] = []
    // A store that is damaged throughout is told by a few of its rows.
    for name in names where findings.count < 10 {
      do throws(StoreError) {
        _ = try former(of: name)
      } catch {
        findings.append(StoreFinding(subject: "former values", error))
      }
    }
    return findings
  }
}
