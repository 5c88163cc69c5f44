package dev.binnacle.mesh.ir;

import java.util.List;
import java.util.stream.Stream;

/**
 * What holds for every proxy.
 *
 * @param trustDomainAliases other trust domains whose identities are accepted like the mesh's own
 * @param paths what proxies do with the path of a request before they look at it
 */
public record MeshSettings(String trustDomain, List<String> trustDomainAliases, PathNormalization paths) {
    public MeshSettings {
        trustDomainAliases = List.copyOf(trustDomainAliases);
    }

    /** Returns the mesh's trust domain and its aliases. */
    public List<String> trustDomains() {
        return Stream.concat(Stream.of(trustDomain), trustDomainAliases.stream())
                .distinct()
                .toList();
    }
}
