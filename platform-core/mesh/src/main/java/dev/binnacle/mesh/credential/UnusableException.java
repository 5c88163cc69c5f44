package dev.binnacle.mesh.credential;

/** A certificate, key or list that cannot be used. The message says why and holds no part of it. */
public final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String why) {
        super(why);
    }
}
