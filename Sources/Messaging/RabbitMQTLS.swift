import Configuration
import ServiceRuntime

/// How the broker proves who it is, and we to it. At least TLS 1.2; certificate and name are always checked.
package struct RabbitMQTLS: Sendable {
    /// The authorities whose signature we trust, in PEM form. The library knows no others: not those of the system.
    package var authorityFile: String
    /// Our certificate, with what links it to an authority, and its key, in PEM form; for brokers that ask for one.
    package var identity: Identity?

    package struct Identity: Sendable {
        package var certificateFile: String
        /// Without a passphrase.
        package var keyFile: String

        package init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    package init(authorityFile: String, identity: Identity? = nil) {
        self.authorityFile = authorityFile
        self.identity = identity
    }

    /// Reads `tls` and, if that is true, `caFile`, `certificateFile` and `keyFile`.
    ///
    /// - Parameter config: the scope `rabbitmq`.
    /// - Returns: nil without TLS.
    init?(reading config: ConfigReader) throws(ConfigurationError) {
        guard try config.flag(forKey: "tls", default: false) else { return nil }
        guard let authorityFile = config.text(forKey: "caFile") else {
            throw config.error(
                "caFile", "is missing, and \(config.variable(forKey: "tls")) is true",
                "Set it to a file in PEM form with the authority that signed the broker's certificate.")
        }
        self.authorityFile = authorityFile
        switch (config.text(forKey: "certificateFile"), config.text(forKey: "keyFile")) {
        case (let certificateFile?, let keyFile?): identity = Identity(certificateFile: certificateFile, keyFile: keyFile)
        case (nil, nil): identity = nil
        case (_?, nil): throw Self.unpaired("certificateFile", without: "keyFile", in: config)
        case (nil, _?): throw Self.unpaired("keyFile", without: "certificateFile", in: config)
        }
    }

    private static func unpaired(_ key: ConfigKey, without other: ConfigKey, in config: ConfigReader) -> ConfigurationError {
        config.error(key, "is set without \(config.variable(forKey: other))", "Set both, or neither.")
    }
}
