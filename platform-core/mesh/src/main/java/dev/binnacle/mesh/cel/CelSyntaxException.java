package dev.binnacle.mesh.cel;

/** A text that is no expression. */
final class CelSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    CelSyntaxException(String message) {
        super(message);
    }
}
