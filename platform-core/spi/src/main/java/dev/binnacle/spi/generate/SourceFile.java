package dev.binnacle.spi.generate;

/**
 * A manifest that a generator reads.
 *
 * @param name the file as its user names it
 * @param text the whole content
 */
public record SourceFile(String name, String text) {}
