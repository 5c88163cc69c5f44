package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.VirtualHost;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the virtual host for a Host header as Envoy does: the exact name, else the longest wildcard, else {@code *}. */
final class DomainSearch {
    private record Hit(VirtualHost host, String domain) {}

    private DomainSearch() {}

    static Optional<VirtualHost> find(RouteTable table, String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        String name = table.ignoresPort() ? withoutPort(host) : host;
        return table.virtualHosts().stream()
                .flatMap(v -> v.domains().stream().map(domain -> new Hit(v, domain.toLowerCase(Locale.ROOT))))
                .filter(hit -> covers(hit.domain(), name))
                .min(Comparator.<Hit>comparingInt(hit -> hit.domain().startsWith("*") ? 1 : 0)
                        .thenComparingInt(hit -> -hit.domain().length()))
                .map(Hit::host);
    }

    static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon >= 0 && authority.substring(colon + 1).chars().allMatch(Character::isDigit);
        return port ? authority.substring(0, colon) : authority;
    }

    /** A wildcard stands for at least one character. */
    private static boolean covers(String domain, String name) {
        if (domain.equals("*")) {
            return true;
        }
        return domain.startsWith("*")
                ? name.length() > domain.length() - 1 && name.endsWith(domain.substring(1))
                : domain.equals(name);
    }
}
