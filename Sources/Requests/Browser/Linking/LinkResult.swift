/// What a `LinkJob` comes to.
package enum LinkResult: ~Copyable, Sendable {
  /// The question can be asked.
  case ready(LinkGround)
  /// In the order in which the provider tells them. Of several a person chooses one.
  case installations([Installation])
  case linked(LinkedAccount)
  case refused(LinkRefusal)
}

/// Why there is no account.
package struct LinkRefusal: Equatable, Sendable {
  package var diagnosis: Diagnosis
  /// Whether the server does not know the client any more, or not with this redirect address. One that registered itself
  /// does so anew, once.
  package var isClientUnknown: Bool

  package init(_ diagnosis: Diagnosis, isClientUnknown: Bool = false) {
    self.diagnosis = diagnosis
    self.isClientUnknown = isClientUnknown
  }
}

/// What is told while a `LinkJob` is done.
package enum LinkProgress: ~Copyable, Sendable {
  /// What is asked of whom, before it is sent.
  case asking(CheckProgress)
  /// To be shown to a person, who types it elsewhere.
  case code(DeviceCode)
}
