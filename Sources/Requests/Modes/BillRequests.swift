internal import ProviderFormat

/// The mode BILL: opening a session is the check, and the entry's templates say how requests name it.
struct BillRequests: RequestRules {
  func tokenProcedure(for provider: Provider) -> (any CheckStrategy)? {
    BillCheck(TokenRules(provider))
  }
}
