/// The release that this is, as `--version`, the API and the metrics name it.
package let kindredVersion = "0.1.0"
