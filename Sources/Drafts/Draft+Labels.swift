internal import Basics
package import ProviderFormat
internal import Secrets

extension Draft {
  /// What to call a field at the moment. Of any API with a key, the settings say what its key is called.
  package borrowing func label(of field: FormField) -> String {
    guard GenericKey.isKey(field.id, of: form.provider),
      values.contains(GenericKey.label)
    else { return field.label }
    let text = values.withBytes(of: GenericKey.label) { $0.shownText }
    return text.isEmpty ? field.label : text
  }
}
