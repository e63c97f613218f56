import Basics
import CLinux
import Drafts
import Glibc
import ProviderFormat
import Requests
import Secrets

/// A provider in a folder, which many processes ask: it gives each refresh token one renewal, and takes a second one for a
/// theft.
///
/// An account that a person has agreed to link is then lost. Of others the whole exchange follows, as with real ones.
///
/// What it is asked stands in the file `requests`, a line each: `renew TOKEN`, `reuse TOKEN`, `exchange`. While there is a
/// file `down` it is busy.
struct FolderProvider: TokenFetcher {
  let folder: String
  let diesWhenAsked: Bool

  /// A round trip, in microseconds: long enough for others to come in between.
  private static let time: UInt32 = 50_000

  func fetch(_ submission: consuming Submission, known: consuming TokenSet?) -> TokenOutcome {
    let isOfConsent = submission.provider.authMode.needsConsent
    let refresh = known?.values.withBytes(of: "refreshToken") { $0.shownText } ?? ""
    usleep(Self.time)
    if unsafe access("\(folder)/down", F_OK) == 0 {
      note("exchange")
      return .refused(Diagnosis(kind: .busy, sentence: "Acme is busy."))
    }
    if refresh.isEmpty {
      note("exchange")
    } else if unsafe mkdir("\(folder)/used-\(refresh)", 0o700) == 0 {
      note("renew \(refresh)")
    } else {
      note("reuse \(refresh)")
      if isOfConsent {
        return .refused(
          Diagnosis(
            kind: .refused, sentence: "Acme does not renew the token any more.",
            nextStep: Diagnosis.linkAgain))
      }
      note("exchange")
    }
    if diesWhenAsked { kill(getpid(), SIGKILL) }
    return .token(tokens(isOfConsent: isOfConsent))
  }

  private func tokens(isOfConsent: Bool) -> TokenSet {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: SecretBuffer(text: "A-\(getpid())-EXAMPLE"))
    values.set("refreshToken", to: SecretBuffer(text: "R-\(getpid())-EXAMPLE"))
    let now = Timestamp.now()
    return TokenSet(
      values: values, obtained: now,
      expires: Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + 3600), type: "Bearer",
      consentBuffer: isOfConsent ? TokenSet.usualBuffer : nil)
  }

  private func note(_ line: String) {
    let file = unsafe linux_open(
      "\(folder)/requests", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    let bytes = Array("\(line)\n".utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    close(file)
  }
}
