package import ProviderFormat
package import Secrets

/// Values by field. Owned by exactly one of: a draft, a submission, an opened record.
package typealias SecretValues = SecretMap<Field.ID>
