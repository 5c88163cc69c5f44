package dev.binnacle.plugin.collectors.mesh.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.time.Instant;
import java.util.List;

/** Turns one admin page into samples: a pure function of the page. */
interface PageReader {
    /** Returns the page's path and query. */
    String path();

    /**
     * Returns what {@code page} says.
     *
     * @param proxy the labels that name the Envoy
     * @throws UnexpectedPageException when this is not the page that Envoy serves there
     */
    List<Sample> read(JsonNode page, Labels proxy, Instant at) throws UnexpectedPageException;
}
