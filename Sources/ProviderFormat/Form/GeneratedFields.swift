/// Fields that an auth mode has besides those that its entry declares, and whose values are made up for each connection.
package enum GeneratedFields {
  /// The fields whose values are made up for each connection of a provider.
  package static func all(of provider: Provider) -> [FormField] {
    provider.authMode.rules.generatedFields.filter { generated in
      !provider.fields.contains { $0.id == generated.id && !$0.isAutomated }
    }
  }
}
