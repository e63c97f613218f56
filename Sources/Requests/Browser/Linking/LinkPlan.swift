/// What somebody wants of a link in a browser besides the values: given on the command line, or chosen on a screen. No
/// secret.
package struct LinkPlan: Equatable, Sendable {
  /// Nil for what the provider's entry asks for by itself.
  package var scopes: Scopes?
  /// In the name of the person who signs in, where the provider tells the two apart.
  package var userScopes = Scopes()
  /// Added to the address; one without a value takes a parameter of the entry's away.
  package var parameters: [AuthorizationFlow.Parameter] = []
  /// Where the browser comes back to.
  package var callback = Callback.loopback()
  /// Whether somebody said so: a kept application has no say then.
  package var isCallbackGiven: Bool = false
  /// Whether a code is to be typed on another device, where the provider has such.
  package var usesDevice = false
  /// Whether a client that registers itself does so once more, although one is kept.
  package var registersAnew = false
  /// Whether servers on this machine may say where their users sign in.
  package var allowsLoopback = false

  package init() {}
}
