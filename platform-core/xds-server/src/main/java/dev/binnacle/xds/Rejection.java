package dev.binnacle.xds;

/**
 * A resource that a proxy refused; the proxy keeps what it had before.
 *
 * @param resource which one
 * @param version the refused version; empty when the refusal was of a removal
 * @param message the proxy's own words
 */
public record Rejection(ResourceId resource, String version, String message) {
    @Override
    public String toString() {
        return resource.type().plural() + " " + resource.name() + ": " + message;
    }
}
