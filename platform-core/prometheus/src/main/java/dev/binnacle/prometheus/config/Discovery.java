package dev.binnacle.prometheus.config;

import dev.binnacle.spi.model.Labels;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where targets come from. */
public sealed interface Discovery {
    /**
     * Targets that are written down.
     *
     * @param targets {@code host:port} each
     */
    record Static(List<String> targets, Labels labels) implements Discovery {
        public Static {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Files with groups of targets, in JSON or YAML.
     *
     * @param files the last part may have a {@code *}
     * @param refresh how often they are looked at even when nobody says that they have changed
     */
    record Files(List<Path> files, Duration refresh) implements Discovery {
        public Files {
            files = List.copyOf(files);
        }
    }

    /** A server that tells groups of targets, in JSON. */
    record Http(URI url, Duration refresh, HttpOptions http) implements Discovery {}
}
