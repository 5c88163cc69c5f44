package dev.binnacle.plugin.collectors.mesh.envoy;

/** A page lacks what Envoy always writes there. */
final class UnexpectedPageException extends Exception {
    private static final long serialVersionUID = 1L;

    UnexpectedPageException(String message) {
        super(message);
    }
}
