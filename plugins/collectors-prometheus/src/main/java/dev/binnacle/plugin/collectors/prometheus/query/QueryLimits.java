package dev.binnacle.plugin.collectors.prometheus.query;

/**
 * What an answer may have.
 *
 * @param answerBytes the most bytes
 * @param series the most series
 */
public record QueryLimits(int answerBytes, int series) {}
