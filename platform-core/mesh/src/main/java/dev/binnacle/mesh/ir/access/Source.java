package dev.binnacle.mesh.ir.access;

import java.util.List;

/** Something about who asks. */
public sealed interface Source {
    /** The identity in the certificate of the peer. */
    record Peer(Text identity) implements Source {}

    /** The address of the peer is in a block. */
    record Address(String block) implements Source {}

    /** The address of the client is in a block, which proxies on the way may tell by headers. */
    record ClientAddress(String block) implements Source {}

    /** A header. */
    record Header(String header, Text value) implements Source {}

    /** Issuer and subject of the token. */
    record Principal(Text issuer, Text subject) implements Source {}

    /**
     * A claim of the token is one of some texts, or a list that has one of them.
     *
     * @param path the claim's name, after the names of those it is within
     */
    record Claim(List<String> path, List<Text> anyOf) implements Source {
        public Claim {
            path = List.copyOf(path);
            anyOf = List.copyOf(anyOf);
        }
    }
}
