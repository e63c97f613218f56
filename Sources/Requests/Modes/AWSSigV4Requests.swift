internal import ProviderFormat

/// The mode AWS_SIGV4: the check gets temporary credentials of the role, and signs its own requests.
struct AWSSigV4Requests: RequestRules {
  let isSigned = true

  func check(for provider: Provider) -> CheckMode { .by(AWSRoleCheck()) }
}
