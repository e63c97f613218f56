package import Basics
package import Connections
package import Projects
package import Requests
package import Secrets
package import TerminalUI

/// What the wizard is told. The moment comes along with it (`Wizard.handle(_:at:)`): the wizard reads no clock.
package enum Event: ~Copyable {
  case key(Key)
  /// A whole paste into whatever has the focus. `isCut` when it was longer than any value may be; nothing of it is
  /// then used.
  case paste(SecretBuffer, isCut: Bool)
  /// The same without marks, so that nothing of it can be left over and come as keys.
  case unmarkedPaste(SecretBuffer, isCut: Bool)
  /// So many characters of such a text have come so far: something to show, and no more.
  case arriving(characters: Int)
  /// Plain mode: a whole line in place of what the focused field holds.
  case answer(SecretBuffer)
  /// Plain mode: one of its words.
  case command(Command)
  /// Plain mode: a search in the guide.
  case find(String)
  /// Plain mode: a change to the focused field.
  case edit(Edit)
  /// Plain mode: one of the page's actions by its number, from 0.
  case action(Int)
  /// Plain mode: one row of the page's list by its number, from 0.
  case row(Int)
  case resized(Size)
  /// `Wizard.deadline` has passed.
  case tick
  /// The provider that was asked for with `Effect.open`.
  case opened(Opening)
  case notOpened(Explanation)
  /// It could not be opened before somebody gives the passphrase.
  case locked(LockedPlace)
  /// The answer to `Effect.unlock`.
  case unlocked
  case notUnlocked(Explanation)
  /// The answer to `Effect.survey`.
  case surveyed(ProjectSurvey)
  case notSurveyed(Explanation)
  /// The answer to `Effect.refreshGuide`.
  case guideRefreshed(slug: String, GuideNews)
  /// What the check is about to ask of whom; any number of times before its answer.
  case asking(CheckProgress)
  /// The file that was asked for with `Effect.read`.
  case fileRead(KeyFile)
  case fileNotRead(Explanation)
  /// The answer to `Effect.addReader`: the key without what does not belong to it.
  case readerAdded(String)
  case readerNotAdded(Explanation)
  /// The answer to `Effect.check`.
  case checked(Diagnosis, Timestamp)
  /// The answer to `Effect.loadApplication`.
  case applicationRead(Application)
  case applicationNotRead(Explanation)
  /// Somebody waits for the browser, as `Effect.link` asked for.
  case listening
  case notListening(Explanation)
  /// What comes of `Effect.link`.
  case link(LinkNews)
  /// `Effect.save` waits for another process, which has the store: what it is called, where that can be known.
  case waiting(for: String?)
  /// `Effect.save` is done; and whether a key gave way that can be taken back alone.
  case stored(ConnectionFacts, leavesOldKey: Bool = false)
  /// `Effect.save` failed; nothing that was stored before has changed.
  case notStored(StoreError)
  /// The answer to `Effect.revokeFormer`; and why the store does not know that it was revoked, where that is so.
  case revoked(RevocationOutcome, unnoted: StoreError? = nil)
  /// `Effect.saveDraft` failed, or, with nil, works again after it had failed.
  case draftSaved(StoreError?)
}
