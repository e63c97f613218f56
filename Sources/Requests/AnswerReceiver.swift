/// A state machine that has requests sent. It is told what came of the one that it gave last.
package protocol AnswerReceiver: ~Copyable {
  /// Takes the answer.
  mutating func receive(_ answer: borrowing CheckAnswer)

  /// The request could not be sent, or its answer could not be read.
  mutating func fail(_ cause: Diagnosis.Cause, detail: String?)
}

extension CheckSession: AnswerReceiver {}
extension TokenSession: AnswerReceiver {}
extension MCPDiscovery: AnswerReceiver {}
extension ClientRegistration: AnswerReceiver {}
extension RequestTokenSession: AnswerReceiver {}
extension DirectAuthorization: AnswerReceiver {}
extension CodeExchange: AnswerReceiver {}
extension DeviceAuthorization: AnswerReceiver {}
extension InstallationList: AnswerReceiver {}
extension AccountLookup: AnswerReceiver {}
extension RevocationSession: AnswerReceiver {}
