internal import ProviderFormat

/// The mode NONE: nobody has to prove anything.
struct UnauthenticatedRequests: RequestRules {
  func check(for provider: Provider) -> CheckMode { .unchecked(.nothingToCheck) }
}
