/// A pause before a request is sent once more.
package struct CallWait: Sendable, Equatable {
  /// How long, in seconds; 0 where the provider wishes for none.
  package var seconds: Int64
  /// Which further try follows, counted from 1.
  package var attempt: Int
  /// How many further tries there are at most.
  package var attempts: Int
  /// Why, as a sentence with a period: `api.example.com answered 429.`
  package var sentence: String

  package init(seconds: Int64, attempt: Int, attempts: Int, sentence: String) {
    self.seconds = seconds
    self.attempt = attempt
    self.attempts = attempts
    self.sentence = sentence
  }
}
