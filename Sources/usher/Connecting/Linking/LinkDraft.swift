internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What an account is to be linked with, put together from a file, the command line, a stored application, and the
/// connection that is replaced.
struct LinkDraft: ~Copyable {
  let submission: Submission
  let plan: LinkPlan
  /// What the application is kept as; nil where it is kept with the connection alone.
  let application: ApplicationName?
  /// Whether it is to be kept under that name from now on.
  let isNewApplication: Bool

  /// The question, before anybody was asked anything.
  borrowing func flow() -> AuthorizationFlow {
    let usual = AuthorizationRules(submission.provider).defaultScopes
    return AuthorizationFlow(
      submission.duplicate(), scopes: plan.scopes ?? Scopes(usual), userScopes: plan.userScopes,
      callback: plan.callback, parameters: plan.parameters)
  }
}
