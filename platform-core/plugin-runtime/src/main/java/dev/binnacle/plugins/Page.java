package dev.binnacle.plugins;

/**
 * A page that an extension wrote.
 *
 * @param contentType as for an HTTP response
 */
public record Page(String contentType, String text) {}
