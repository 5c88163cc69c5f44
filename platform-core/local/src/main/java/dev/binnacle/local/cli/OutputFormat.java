package dev.binnacle.local.cli;

/** What {@code -o} accepts. */
enum OutputFormat {
    TEXT,
    JSON,
    YAML
}
