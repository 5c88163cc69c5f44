package dev.binnacle.prometheus.config;

/**
 * What an Authorization header says.
 *
 * @param type the word in front, {@code Bearer} unless told otherwise
 */
public record Authorization(String type, Secret credentials) {}
