package dev.binnacle.mesh.compile.security;

/** Blocks of addresses as policies write them. */
final class Blocks {
    private Blocks() {}

    /** Returns {@code address/length}; a single address is a block of one. */
    static String of(String written) {
        if (written.contains("/")) {
            return written;
        }
        return written + (written.contains(":") ? "/128" : "/32");
    }
}
