package dev.binnacle.spi;

import java.util.List;

/**
 * What an extension wants to reach outside the host, as it declares it: shown to operators before they give it settings. The host
 * does not enforce it.
 *
 * <p>A setting's name in braces stands for what the setting says: {@code {url}}. {@code {mesh}} stands for the proxies of
 * {@link dev.binnacle.spi.context.MeshView}.
 *
 * @param hosts hosts that it connects to or listens on, with a port where there is one: {@code metrics.example.org:443},
 *     {@code *.example.org}, {@code {url}}
 * @param files files and folders that it reads or writes, {@code {directory}} for example
 */
public record Capabilities(List<String> hosts, List<String> files) {
    /** Wants nothing but what the host hands it. */
    public static final Capabilities NONE = new Capabilities(List.of(), List.of());

    public Capabilities {
        hosts = hosts.stream().sorted().toList();
        files = files.stream().sorted().toList();
    }

    /** Returns the capabilities of an extension that reaches these hosts and no files. */
    public static Capabilities hosts(String... hosts) {
        return new Capabilities(List.of(hosts), List.of());
    }
}
