internal import Connections
package import Drafts
internal import ProviderFormat

/// What a user can ask for. Keys and the words of plain mode both lead here, and the screens act on nothing else, so
/// that whatever can be done in one front end can be done in the other.
package enum Command: Hashable, Sendable {
  /// The selected action, or on to the next field.
  case activate
  case back
  /// Out of the wizard.
  case leave
  case help
  case nextControl
  case previousControl
  case move(Direction)
  case scroll(Scroll)
  /// A digit where digits choose links.
  case digit(Int)
  /// Lists all links, also while a text is typed.
  case linkPrompt
  case link(Int)
  /// Shows the ends of a masked value for some seconds.
  case reveal
  /// The value is right in spite of what was found.
  case insist
  /// Takes the value that is offered for the field.
  case acceptOffer
  /// Asks for a file whose content becomes the field's value.
  case readFile
  /// To the review from any step, whatever is still missing.
  case review
  case suspend
  /// Searches in the guide, and ends a search where it stands.
  case find
  /// Copies the address that the page is about.
  case copy

  /// Where the selection moves, or the page where nothing is to choose.
  package enum Direction: Sendable, CaseIterable { case up, down, left, right }
  /// Sideways only code moves.
  package enum Scroll: Sendable, CaseIterable {
    case up, down, pageUp, pageDown, top, bottom, left, right
  }
}

/// A change to the text of the focused field.
package enum Edit: Hashable, Sendable {
  case insert(Unicode.Scalar)
  case erase(Erasure)
  case move(CaretMove)
}

/// What a screen is given to act on.
package enum Input: Hashable, Sendable {
  case command(Command)
  case edit(Edit)
}

/// What a screen asks for. Screens do not know what comes before or after them: `Wizard` does.
enum Request: Equatable {
  case stay
  case next
  case back
  case leave
  /// The provider with this slug.
  case choose(String)
  /// The same, though what was typed for another one is lost.
  case chooseAnyway(String)
  /// To the step that asks for a field.
  case edit(FieldPlace)
  /// To the screen where the connection gets another name.
  case rename
  case named(ConnectionName)
  /// What is stored under the name may be replaced.
  case replace
  /// The same though the new values belong to another account.
  case replaceOther
  /// What was replaced is to be taken back at the provider.
  case revokeOldKey
  /// To the screen that asks when the values end.
  case askForEnd
  /// The values of an earlier session are not wanted.
  case startAfresh
  case check
  case storeUnchecked
  case review
  case storeAgain
  case finish
  case scroll(Command.Scroll)
  case copy(String)
  /// The same, and it is said what becomes of it: the page says nothing of that.
  case copyShown(String)
  /// What has that number on the page below a sheet.
  case openLink(Int)
  /// To the sheet that asks for a file's path.
  case askForFile(Field.ID)
  /// The file of that path becomes the value of the field that the sheet is about.
  case read(path: String)
  case dismiss
  /// A store that is about to be made is to be opened by this public key, too.
  case addReader(String)
  /// The passphrase that was entered opens the identity.
  case unlock
  /// Whether the page that the guide was fetched from has changed.
  case refreshGuide
  /// What of a paste that held several values goes into the form; nil for nothing.
  case apply(FoundChoice?)
  case forget
  /// Another application is to stand behind the link.
  case chooseApplication
  /// The kept application of that name; nil for one that is typed.
  case use(ApplicationName?)
  /// The answer of the browser was read, and is good.
  case redeem
  /// The same, put together out of pieces.
  case redeemRepaired
  /// A new address, for a new answer.
  case askAnew
  case changeRights
  case askForRefreshToken
  /// A token for the refresh token that was typed.
  case renew
  case useDevice
  /// The place with this number.
  case installation(Int64)
  /// All that was asked is asked once more.
  case linkAgain
  /// The connection of that name, which a project needs.
  case declared(ConnectionName)
  /// Back to the list of what a project needs.
  case toList
}
