package dev.binnacle.mesh.ir.access;

/** Something that is asked for. */
public sealed interface Operation {
    /** The address that the client connected to is in a block. */
    record Address(String block) implements Operation {}

    /** The port that the client connected to. */
    record Port(int port) implements Operation {}

    /** The name in the TLS handshake. */
    record ServerName(Text name) implements Operation {}

    /** A header or pseudo header. */
    record Header(String header, Text value) implements Operation {}

    /** The path without its query. */
    record Path(Text path) implements Operation {}

    /** The path by segments: {@code *} stands for one, {@code **} for any number. */
    record PathTemplate(String template) implements Operation {}
}
