internal import Basics

extension Provider {
  /// Whether a text can be a provider's slug, which is also its folder's name: `a` to `z`, `0` to `9` and hyphens.
  package static func isSlug(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0.isLowercase || $0.isDigit || $0 == 0x2D }
  }
}
