/// The mode API_KEY: the entry's templates say where the key goes.
struct APIKeyRequests: RequestRules {}
