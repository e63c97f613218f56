package import Basics
package import Requests

/// What a call tells on its way. Holds no secret.
package enum CallReport: Equatable, Sendable {
  /// What is about to be asked of whom.
  case progress(CheckProgress)
  /// The head of a request, where the options of the call ask for it.
  case sent(RequestHead)
  /// The head of an answer, before its body goes to the output.
  case head(AnswerHead)
  /// A pause before a further try.
  case wait(CallWait)
  /// The output could not be written, `EPIPE` where its reader has gone. The call ends, and what it came to besides is of
  /// no interest.
  case unwritten(SystemError)
}
