internal import Basics
internal import Connections

extension SystemError {
  /// As an error of the store.
  func failure(_ what: String, advice: String? = nil) -> StoreError {
    .failed(Explanation(what: what, why: reason, advice: advice))
  }
}
