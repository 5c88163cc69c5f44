package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.Place;
import java.util.Map;
import java.util.Optional;

/**
 * One address behind a host, with or without a pod: an endpoint of a ServiceEntry, or what a WorkloadEntry describes.
 *
 * @param address an IP address or a DNS name; empty when there is none, which means the host itself
 * @param ports by the name of the host's port, where they differ from the host's
 * @param labels by which subsets and selectors find it
 * @param locality where it is, {@code region/zone/subzone}; empty when its labels say so or nobody does
 * @param weight its share of the requests relative to the others
 * @param serviceAccount who it is; empty when it has no sidecar
 */
public record Member(
        String name,
        String address,
        Map<String, Integer> ports,
        Map<String, String> labels,
        Optional<String> locality,
        int weight,
        Optional<String> serviceAccount,
        Place place) {

    /** Tells whether it speaks mutual TLS: by its label, else when it has a service account. */
    public boolean speaksMtls() {
        return Optional.ofNullable(labels.get("security.istio.io/tlsMode"))
                .map("istio"::equals)
                .orElse(serviceAccount.isPresent());
    }

    /** Tells whether the address is one, and no name. */
    public boolean hasIpAddress() {
        return isIpAddress(address);
    }

    static boolean isIpAddress(String text) {
        return text.contains(":")
                ? text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0)
                : isIpv4(text);
    }

    private static boolean isIpv4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean digits =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(Character::isDigit);
            if (!digits || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
