package dev.binnacle.mesh.ir;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What of a request decides about its endpoint, where the balancing is consistent. */
public sealed interface Hashing {
    /** The value of a header. */
    record Header(String name) implements Hashing {}

    /**
     * The value of a cookie.
     *
     * @param ttl with it the proxy makes a cookie for clients that have none; zero makes one that ends with the session
     */
    record Cookie(String name, String path, Optional<Duration> ttl, List<Attribute> attributes) implements Hashing {}

    /** An attribute of a cookie that the proxy makes. */
    record Attribute(String name, String value) {}

    /** The client's address. */
    record SourceIp() implements Hashing {}

    /** The value of a parameter in the query. */
    record QueryParameter(String name) implements Hashing {}
}
