package dev.binnacle.prometheus.exposition;

/** Whether a page says when its values were true. */
public enum Timestamps {
    /** No: they are as of the scrape, and Prometheus marks a series that goes away as stale at once. */
    OMITTED,
    /** Yes, in milliseconds: Prometheus takes them as they are, and a series that goes away lingers for five minutes. */
    WRITTEN
}
